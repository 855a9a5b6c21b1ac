import { CAPABILITIES, ROLES, type Role } from '@gigafibre/contract';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createApiKey, inviteStaff, staffLink } from '../domains/staff/index.ts';
import type { Env } from '../env.ts';
import { SYSTEM } from '../platform/acting.ts';
import { transact } from '../platform/transact.ts';

/** How a visitor gets in everywhere. Exists only in demo mode, and the server then listens on loopback only. */
export type DemoAccess = Readonly<{
  baseUrl: string;
  apiKeys: Readonly<Record<string, string>>;
  staffLinks: Readonly<Record<string, string>>;
  technicianLink: string | null;
  customerLink: string | null;
  simulators: Readonly<Record<string, string>>;
}>;

const people: Readonly<Record<Role, string>> = {
  admin: 'Annie Administratrice',
  manager: 'Marc Gestionnaire',
  csr: 'Chloé Service',
  dispatcher: 'Denis Répartiteur',
  billing: 'Béatrice Facturation',
  network: 'Nicolas Réseau',
  tech: 'Thomas Technicien',
  readonly: 'Léa Lecture',
};

/** Makes one member, one sign-in link and one API key per role; keys are made anew at each start, links always work. */
export async function makeDemoAccess(
  env: Env,
  links: Pick<DemoAccess, 'technicianLink' | 'customerLink' | 'simulators'>,
): Promise<DemoAccess> {
  const apiKeys: Record<string, string> = {};
  const staffLinks: Record<string, string> = {};
  const everything = { ...SYSTEM, capabilities: new Set(CAPABILITIES) };
  for (const role of Object.keys(ROLES) as Role[]) {
    const member = await transact(env.ground, { by: SYSTEM }, (tx) =>
      inviteStaff(tx, { name: people[role], email: `${role}@demo.gigafibre.example`, role, language: 'fr' }),
    );
    const key = await transact(env.ground, { by: everything }, (tx) =>
      createApiKey(tx, { label: `demo ${role}`, capabilities: [...ROLES[role]] }),
    );
    apiKeys[role] = `${key.key}:${key.secret}`;
    staffLinks[role] = await staffLink(env, { memberId: member.id, now: env.clock.now() });
  }
  return { baseUrl: env.publicUrl(), apiKeys, staffLinks, ...links };
}

/** Writes the access list where only this user can read it. */
export async function writeDemoAccess(data: string, access: DemoAccess): Promise<string> {
  const file = join(data, 'demo-access.json');
  await writeFile(file, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
  return file;
}
