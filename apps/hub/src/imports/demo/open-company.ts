import { DEMO_CATALOG } from '../../../db/demo/catalog.ts';
import { layDemoPlant } from '../../../db/demo/plant.ts';
import { importItem } from '../../domains/catalog/index.ts';
import { addTechnician } from '../../domains/dispatch/index.ts';
import { loadVan, receiveEquipment } from '../../domains/stock/index.ts';
import type { Tx } from '../../platform/acting.ts';
import { COMPANY_SETTING, EXAMPLE_COMPANY } from '../../platform/company.ts';
import { writeSetting } from '../../platform/settings.ts';
import { DEMO_TECHNICIANS } from './technicians.ts';

export type NewTechnician = Parameters<typeof addTechnician>[1];
/** An ONT of the demo: on the van of a technician, or in the warehouse. */
export type DemoOnt = Readonly<{ serial: string; mac: string }>;

const ONTS_PER_VAN = 6;
const ONTS_IN_WAREHOUSE = 12;

/** Serial and MAC number `index` of the demo's ONTs: the maker's prefix, then counting up. */
export const demoOnt = (index: number): DemoOnt => {
  const number = (0x46e80000 + index).toString(16).toUpperCase().padStart(8, '0');
  return {
    serial: `TPLG${number}`,
    mac: `9C:A2:F4:${[16, 8, 0].map((shift) => ((index >> shift) & 0xff).toString(16).toUpperCase().padStart(2, '0')).join(':')}`,
  };
};

/** What the company has before its first customer: network, catalogue, technicians, equipment in vans and warehouse. */
export async function layFoundations(
  tx: Tx,
  { managementAddress }: { managementAddress: (olt: string) => string },
): Promise<{ technicianIds: string[]; onts: DemoOnt[] }> {
  await writeSetting(tx, COMPANY_SETTING, EXAMPLE_COMPANY);
  await layDemoPlant(tx, { managementAddress });
  // Options must exist before the plans that allow them.
  for (const item of DEMO_CATALOG.toSorted((a, b) => (a.options?.length ?? 0) - (b.options?.length ?? 0)))
    await importItem(tx, item);
  const technicianIds: string[] = [];
  for (const technician of DEMO_TECHNICIANS)
    technicianIds.push(
      (
        await addTechnician(tx, {
          ...technician,
          staffId: null,
          skills: [...technician.skills],
          hours: [...technician.hours],
        })
      ).id,
    );
  const onts = Array.from({ length: technicianIds.length * ONTS_PER_VAN + ONTS_IN_WAREHOUSE }, (_, index) =>
    demoOnt(index + 1),
  );
  const devices = onts.map(({ serial, mac }) => ({
    kind: 'ont' as const,
    maker: 'TP-Link',
    model: 'XX230v',
    serial,
    mac,
    barcode: null,
    ownership: 'rental' as const,
  }));
  const received = await receiveEquipment(tx, {
    warehouse: 'Sainte-Clotilde',
    reference: 'Inventaire de départ',
    devices,
  });
  for (const [index, technicianId] of technicianIds.entries()) {
    await loadVan(tx, {
      technicianId,
      equipmentIds: received.slice(index * ONTS_PER_VAN, (index + 1) * ONTS_PER_VAN).map(({ id }) => id),
    });
  }
  return { technicianIds, onts };
}
