import { paymentsOperations as op } from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import { answers, arranges, carriesOut, type Route } from '../../platform/http/route.ts';
import { customerSelf } from '../customers/index.ts';
import { chargeMethod } from './debits/charge-method.ts';
import { listDebits } from './debits/debit.ts';
import { chooseMethod, listMethods, removeMethod } from './methods/look-after-methods.ts';
import { openPortal, openSetup } from './methods/open-setup.ts';
import { agreementDocument } from './ppa/agreement-document.ts';
import { readPpaRun, runPpa } from './ppa/run-ppa.ts';
import { readPpa, togglePpa } from './ppa/toggle-ppa.ts';
import { sendPaymentLink } from './send-link.ts';

/** Saved methods, charges of them, pre-authorised payment. */
export const methodRoutes = (env: Env): Route[] => [
  arranges(op.setupMethod, async (acting, { kind }) =>
    openSetup(env, acting, { customerId: customerSelf(acting.reading), kind }),
  ),
  arranges(op.setupForCustomer, (acting, { id, kind }) => openSetup(env, acting, { customerId: id, kind })),
  arranges(op.openPaymentPortal, async (acting) =>
    openPortal(env, acting, { customerId: customerSelf(acting.reading) }),
  ),
  answers(op.listMethods, (reading, { customer }) => listMethods(reading, { customerId: customer })),
  answers(op.listMyMethods, async (reading) => listMethods(reading, { customerId: customerSelf(reading) })),
  carriesOut(op.chooseMyMethod, async (tx, { id }) => chooseMethod(tx, { id, customerId: customerSelf(tx) })),
  arranges(op.removeMyMethod, async (acting, { id }) =>
    removeMethod(env, acting, { id, customerId: customerSelf(acting.reading) }),
  ),
  arranges(op.removeMethod, (acting, { id }) => removeMethod(env, acting, { id, customerId: null })),
  arranges(op.sendPaymentLink, (acting, input) => sendPaymentLink(env, acting, input)),
  arranges(op.chargeMethod, (acting, input) => chargeMethod(env, acting, input)),
  carriesOut(op.togglePpa, async (tx, input, { address, device }) =>
    togglePpa(tx, {
      ...input,
      customerId: customerSelf(tx),
      proof: { means: 'portal', address, device },
      by: 'customer',
    }),
  ),
  carriesOut(op.togglePpaForCustomer, (tx, { id, proof, ...input }) =>
    togglePpa(tx, { ...input, customerId: id, proof: { means: 'staff', note: proof }, by: 'staff' }),
  ),
  answers(op.readMyPpa, async (reading) => readPpa(reading, { customerId: customerSelf(reading) })),
  answers(op.readPpa, (reading, { id }) => readPpa(reading, { customerId: id })),
  answers(op.readAgreementPdf, (reading, input) => agreementDocument(reading, input)),
  answers(op.readMyAgreementPdf, async (reading, input) =>
    agreementDocument(reading, { ...input, customerId: customerSelf(reading) }),
  ),
  carriesOut(op.runPpa, (tx, input) => runPpa(tx, input)),
  answers(op.readPpaRun, (reading, { id }) => readPpaRun(reading, id)),
  answers(op.listDebits, (reading, input) => listDebits(reading, input)),
  answers(op.listMyDebits, async (reading, input) =>
    listDebits(reading, { ...input, customerId: customerSelf(reading) }),
  ),
];
