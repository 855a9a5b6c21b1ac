import { addBusinessDays, BANKING, civilDateOf } from '@gigafibre/calendar';
import {
  paymentsEvents,
  Refusal,
  type OutputOf,
  type ParsedOf,
  type paymentsOperations,
} from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { readSetting, writeSetting } from '../../../platform/settings.ts';
import * as store from '../bank-store.ts';
import { accountSealer, isAccount } from './bank-account.ts';

export type BankRail = OutputOf<typeof paymentsOperations.setBankRail>;
type Setting = ParsedOf<typeof paymentsOperations.setBankRail>;

const SETTING = 'payments.bank_rail';
const SEALED_FOR = 'account:company';

const kept = z.object({
  originatorId: z.string(),
  dataCentre: z.string(),
  shortName: z.string(),
  longName: z.string(),
  transactionType: z.string(),
  institution: z.string(),
  transit: z.string(),
  accountSealed: z.string(),
  accountLast4: z.string(),
  twoPeople: z.boolean(),
  returnDays: z.int(),
});
/** The setting as it is kept: the company's own account is sealed too. */
export type KeptRail = z.infer<typeof kept>;

/** What the bank gave the company; refused `bank_rail_not_set` until somebody wrote it. */
export async function bankRail({ db }: Pick<Reading, 'db'>): Promise<KeptRail> {
  const value = await readSetting(db, SETTING);
  if (value === undefined) throw new Refusal('bank_rail_not_set');
  return kept.parse(value);
}

/** Sets it; earlier values stay as history. Refused for an account no bank has. */
export async function setBankRail(tx: Tx, { account, ...asked }: Setting): Promise<BankRail> {
  if (!isAccount({ ...asked, account })) throw new Refusal('bank_account_not_valid');
  const accountSealed = (await accountSealer(tx.db)).seal(account, SEALED_FOR);
  const rail = { ...asked, accountSealed, accountLast4: account.slice(-4) };
  await writeSetting(tx, SETTING, rail);
  const { twoPeople, returnDays } = rail;
  await tx.tell(paymentsEvents.bankRailSet, { subject: 'bank', data: { twoPeople, returnDays } });
  return shown(rail);
}

/** The account returns come back to, opened to be written in a file. */
export async function companyAccount({ db }: Pick<Reading, 'db'>, rail: KeptRail) {
  const account = (await accountSealer(db)).open(rail.accountSealed, SEALED_FOR);
  return { institution: rail.institution, transit: rail.transit, account };
}

/** The rail as it is shown, and what waits for the next file. */
export async function readBankRail(
  reading: Pick<Reading, 'db' | 'now'>,
): Promise<OutputOf<typeof paymentsOperations.readBankRail>> {
  const value = await readSetting(reading.db, SETTING);
  const today = civilDateOf(reading.now);
  const { debits, cents } = await store.waitingForBank(reading.db, today);
  return {
    rail: value === undefined ? null : shown(kept.parse(value)),
    waiting: { debits, amountCents: cents },
    debitOn: debitDayOf(today),
  };
}

/** Banks want a file the business day before the accounts are debited. */
export const debitDayOf = (today: string): string => addBusinessDays(today, 1, BANKING);

const shown = (rail: KeptRail): BankRail => ({
  originatorId: rail.originatorId,
  dataCentre: rail.dataCentre,
  shortName: rail.shortName,
  longName: rail.longName,
  transactionType: rail.transactionType,
  institution: rail.institution,
  transit: rail.transit,
  accountLast4: rail.accountLast4,
  twoPeople: rail.twoPeople,
  returnDays: rail.returnDays,
});
