import { Refusal } from '@gigafibre/contract';
import type { Reading } from '../../platform/acting.ts';
import { equipmentOf, type Equipment } from './equipment.ts';
import { lookAlikeOf, parseMac, parseSerial } from './serial.ts';
import * as store from './store.ts';

export type Found = Readonly<{ equipment: Equipment; matched: 'serial' | 'barcode' | 'mac' }>;

/**
 * The device behind a typed or scanned code: by serial, then barcode, then MAC, and at last by a serial that
 * looks alike (unless `exact`). Refused `equipment_ambiguous` when several devices could be meant.
 */
export async function findEquipment(
  { db }: Pick<Reading, 'db'>,
  { code, exact = false }: { code: string; exact?: boolean },
): Promise<Found | undefined> {
  const serial = parseSerial(code);
  const bySerial = serial === undefined ? undefined : await store.bySerial(db, serial);
  if (bySerial) return { equipment: equipmentOf(bySerial), matched: 'serial' };
  const byBarcode = theOne(code, await store.byBarcode(db, code.trim()));
  if (byBarcode) return { equipment: equipmentOf(byBarcode), matched: 'barcode' };
  const mac = parseMac(code);
  const byMac = mac === undefined ? undefined : await store.byMac(db, mac);
  if (byMac) return { equipment: equipmentOf(byMac), matched: 'mac' };
  if (exact || serial === undefined) return undefined;
  const alike = theOne(code, await store.byLookAlike(db, lookAlikeOf(serial)));
  return alike ? { equipment: equipmentOf(alike), matched: 'serial' } : undefined;
}

function theOne(code: string, rows: readonly store.EquipmentRow[]): store.EquipmentRow | undefined {
  if (rows.length > 1)
    throw new Refusal('equipment_ambiguous', { code, candidates: rows.map((row) => row.serial).join(', ') });
  return rows[0];
}
