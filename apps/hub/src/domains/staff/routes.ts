import {
  companyOperations,
  Refusal,
  ROLES,
  rulesOperations,
  staffOperations as op,
  type Role,
} from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import type { Actor, Tx } from '../../platform/acting.ts';
import { endSessions } from '../../platform/auth/sessions.ts';
import { answers, arranges, carriesOut, type Route, type Visit } from '../../platform/http/route.ts';
import { changeCompany, companySeen } from './company.ts';
import { addRule, listRules } from './rules.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { deactivateStaff, inviteStaff, listStaff } from './members.ts';
import {
  checkCode,
  countGuess,
  memberOfLink,
  openStaffSession,
  requestCode,
  type SignedIn,
} from './sign-in.ts';

export const staffRoutes = (env: Env): Route[] => [
  answers(op.readSession, async ({ by }) => sessionOf(env, by, null)),
  carriesOut(op.requestCode, (tx, { email }, visit) => requestCode(tx, { email, entrance: visit })),
  arranges(op.signInWithCode, async ({ reading, transact }, input, visit) => {
    await countGuess(reading, visit);
    const member = await transact((tx) => checkCode(tx, input));
    if (!member) throw new Refusal('code_not_valid');
    return transact(async (tx) =>
      enter(env, visit, await openStaffSession(tx, { member, by: 'code', entrance: visit })),
    );
  }),
  arranges(op.signInWithLink, async ({ reading, transact }, { token }, visit) => {
    await countGuess(reading, visit);
    return transact(async (tx) => {
      const member = await memberOfLink(tx, { links: env.links, token });
      return enter(env, visit, await openStaffSession(tx, { member, by: 'link', entrance: visit }));
    });
  }),
  carriesOut(op.signOut, async (tx, _, visit) => leave(tx, visit)),
  answers(op.listStaff, (reading, input) => listStaff(reading, input)),
  carriesOut(op.inviteStaff, (tx, input) => inviteStaff(tx, input)),
  carriesOut(op.deactivateStaff, (tx, input) => deactivateStaff(tx, input)),
  answers(op.listApiKeys, (reading, input) => listApiKeys(reading, input)),
  carriesOut(op.createApiKey, (tx, input) => createApiKey(tx, input)),
  carriesOut(op.revokeApiKey, (tx, input) => revokeApiKey(tx, input)),
  answers(companyOperations.readCompany, (reading) => companySeen(reading)),
  carriesOut(companyOperations.changeCompany, (tx, input) => changeCompany(tx, input)),
  answers(rulesOperations.listRules, (reading) => listRules(reading)),
  carriesOut(rulesOperations.addRule, (tx, input) => addRule(tx, input)),
];

/** The session as screens see it. */
export function sessionOf(env: Pick<Env, 'messageMode'>, by: Actor, expiresAt: Date | null) {
  const kind = by.kind === 'staff' || by.kind === 'technician' || by.kind === 'customer' ? by.kind : null;
  return {
    kind,
    id: by.id,
    name: by.name,
    role: kind === 'staff' ? roleOf(by.capabilities) : null,
    capabilities: [...by.capabilities],
    language: by.language,
    messageMode: env.messageMode(),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}

/** The role that holds exactly these capabilities, if one does. */
function roleOf(held: Actor['capabilities']): Role | null {
  const names = Object.keys(ROLES) as Role[]; // keys of the table
  const holdsExactly = (name: Role): boolean =>
    held.size === ROLES[name].length && ROLES[name].every((capability) => held.has(capability));
  return names.find(holdsExactly) ?? null;
}

function enter(env: Env, visit: Visit, { token, expiresAt, actor }: SignedIn) {
  visit.keepSession(token, expiresAt);
  return sessionOf(env, actor, expiresAt);
}

async function leave(tx: Tx, visit: Visit): Promise<Record<string, never>> {
  if (visit.sessionToken) await endSessions(tx, { token: visit.sessionToken });
  visit.keepSession(null);
  return {};
}
