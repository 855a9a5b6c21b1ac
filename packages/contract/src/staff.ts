import { z } from 'zod';
import { CAPABILITIES, ROLE_NAMES } from './capabilities.ts';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { email, ids, instant, language, line, page, pageInput } from './values.ts';

const role = z.enum(ROLE_NAMES as [(typeof ROLE_NAMES)[number], ...typeof ROLE_NAMES]); // zod wants a tuple

export const session = z.object({
  kind: z.enum(['staff', 'technician', 'customer']).nullable(),
  id: z.string().nullable(),
  name: z.string().nullable(),
  role: z.string().nullable(),
  capabilities: z.array(z.enum(CAPABILITIES)),
  language,
  /** Outgoing messages leave only in `live`; the banner shows anything else. */
  messageMode: z.enum(['sandbox', 'allowlist', 'live']),
  expiresAt: instant.nullable(),
});

export const staffMember = z.object({
  id: ids.staff,
  name: z.string(),
  email: z.string(),
  role,
  language,
  active: z.boolean(),
  lastSeenAt: instant.nullable(),
});

export const apiKey = z.object({
  key: z.string(),
  label: z.string(),
  capabilities: z.array(z.enum(CAPABILITIES)),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});

export const staffOperations = {
  readSession: query({
    name: 'staff.readSession',
    path: '/api/session',
    summary: 'Who is calling, and what they may do.',
    allow: 'public',
    input: z.object({}),
    output: session,
  }),
  requestCode: command({
    name: 'staff.requestCode',
    path: '/api/staff/request-code',
    summary: 'Sends a one-time sign-in code to a staff e-mail; answers the same whether or not it exists.',
    allow: 'public',
    input: z.object({ email }),
    output: z.object({ hint: z.string() }),
    refusals: ['too_many_requests'],
  }),
  signInWithCode: command({
    name: 'staff.signInWithCode',
    path: '/api/staff/sign-in',
    summary: 'Opens a staff session with an e-mail and its one-time code.',
    allow: 'public',
    input: z.object({
      email,
      code: z
        .string()
        .trim()
        .regex(/^\d{6}$/),
    }),
    output: session,
    refusals: ['code_not_valid', 'too_many_requests'],
  }),
  signInWithLink: command({
    name: 'staff.signInWithLink',
    path: '/api/staff/sign-in-link',
    summary: 'Opens a staff session with an invitation or sign-in link.',
    allow: 'public',
    input: z.object({ token: z.string().min(20).max(2_000) }),
    output: session,
    refusals: ['link_not_valid', 'too_many_requests'],
  }),
  signOut: command({
    name: 'staff.signOut',
    path: '/api/session/end',
    summary: 'Ends the session of the caller.',
    allow: 'public',
    input: z.object({}),
    output: z.object({}),
  }),
  listStaff: query({
    name: 'staff.listStaff',
    path: '/api/staff',
    summary: 'Staff members with role and last activity.',
    allow: 'settings.users',
    input: z.object({ ...pageInput }),
    output: page(staffMember),
  }),
  inviteStaff: command({
    name: 'staff.inviteStaff',
    path: '/auth/users',
    summary: 'Creates a staff member and e-mails an invitation link. Safe to repeat.',
    allow: 'settings.users',
    input: z.object({ name: line(120), email, role, language: language.default('fr') }),
    output: staffMember,
  }),
  deactivateStaff: command({
    name: 'staff.deactivateStaff',
    path: '/api/staff/{id}/deactivate',
    summary: 'Ends every session of a staff member and refuses new ones.',
    allow: 'settings.users',
    input: z.object({ id: ids.staff }),
    output: staffMember,
    refusals: ['not_found'],
  }),
  listApiKeys: query({
    name: 'staff.listApiKeys',
    path: '/api/api-keys',
    summary: 'API keys, without their secrets.',
    allow: 'settings.keys',
    input: z.object({ ...pageInput }),
    output: page(apiKey),
  }),
  createApiKey: command({
    name: 'staff.createApiKey',
    path: '/api/api-keys',
    summary: 'Makes an API key; its secret is shown this once.',
    allow: 'settings.keys',
    input: z.object({
      label: line(120),
      capabilities: z.array(z.enum(CAPABILITIES)).min(1).max(CAPABILITIES.length),
    }),
    output: apiKey.extend({ secret: z.string() }),
    refusals: ['forbidden'],
  }),
  revokeApiKey: command({
    name: 'staff.revokeApiKey',
    path: '/api/api-keys/{key}/revoke',
    summary: 'Refuses the key from now on.',
    allow: 'settings.keys',
    input: z.object({ key: line(60) }),
    output: apiKey,
    refusals: ['not_found'],
  }),
};

export const staffEvents = {
  staffInvited: event({
    type: 'staff.invited',
    subject: 'staff',
    data: z.object({ role: z.string() }),
    seenWith: 'settings.users',
    stale: ['staff.listStaff'],
  }),
  staffDeactivated: event({
    type: 'staff.deactivated',
    subject: 'staff',
    data: z.object({}),
    seenWith: 'settings.users',
    stale: ['staff.listStaff'],
  }),
  signedIn: event({
    type: 'session.opened',
    subject: 'session',
    data: z.object({ by: z.string() }),
    seenWith: 'audit.read',
    stale: [],
  }),
  apiKeyCreated: event({
    type: 'api_key.created',
    subject: 'api_key',
    data: z.object({ label: z.string() }),
    seenWith: 'settings.keys',
    stale: ['staff.listApiKeys'],
  }),
  apiKeyRevoked: event({
    type: 'api_key.revoked',
    subject: 'api_key',
    data: z.object({}),
    seenWith: 'settings.keys',
    stale: ['staff.listApiKeys'],
  }),
};
