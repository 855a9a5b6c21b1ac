import { chargesOperations as op } from '@gigafibre/contract';
import { answers, carriesOut, type Route } from '../../platform/http/route.ts';
import { addChargeByHand } from './add-charge.ts';
import { cancelChargeByHand } from './cancel-charge.ts';
import { listCharges } from './list-charges.ts';

export const chargesRoutes = (): Route[] => [
  answers(op.listCharges, (reading, input) => listCharges(reading, input)),
  carriesOut(op.addCharge, (tx, input) => addChargeByHand(tx, input)),
  carriesOut(op.cancelCharge, (tx, input) => cancelChargeByHand(tx, input)),
];
