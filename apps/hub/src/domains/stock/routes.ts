import { stockOperations as op } from '@gigafibre/contract';
import { answers, carriesOut, type Route } from '../../platform/http/route.ts';
import { attachEquipment } from './attach-equipment.ts';
import { findEquipment } from './find-equipment.ts';
import { loadVan, setAsideEquipment, takeBackEquipment } from './load-van.ts';
import { listEquipment, readEquipmentWithLog } from './read-equipment.ts';
import { receiveEquipment } from './receive-equipment.ts';
import { removeEquipment, swapEquipment } from './remove-equipment.ts';

export const stockRoutes = (): Route[] => [
  answers(op.listEquipment, (reading, input) => listEquipment(reading, input)),
  answers(op.readEquipment, (reading, { id }) => readEquipmentWithLog(reading, id)),
  answers(op.findEquipment, async (reading, input) => foundOrNot(await findEquipment(reading, input))),
  carriesOut(op.receiveEquipment, async (tx, input) => ({ received: await receiveEquipment(tx, input) })),
  carriesOut(op.loadVan, async (tx, input) => ({ loaded: await loadVan(tx, input) })),
  carriesOut(op.attachEquipment, (tx, input) => attachEquipment(tx, input)),
  carriesOut(op.removeEquipment, (tx, input) => removeEquipment(tx, input)),
  carriesOut(op.swapEquipment, (tx, input) => swapEquipment(tx, input)),
  carriesOut(op.takeBackEquipment, (tx, input) => takeBackEquipment(tx, input)),
  carriesOut(op.setAsideEquipment, (tx, input) => setAsideEquipment(tx, input)),
];

/** The answer of a look-up: the device and how it matched, or two nulls. */
export const foundOrNot = (found: Awaited<ReturnType<typeof findEquipment>>) => ({
  equipment: found?.equipment ?? null,
  matched: found?.matched ?? null,
});
