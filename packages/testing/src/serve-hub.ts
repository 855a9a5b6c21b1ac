import { createClient, type App, type Client } from '@gigafibre/client';
import { CAPABILITIES, ROLES, type Capability, type Role } from '@gigafibre/contract';
import { onTestFinished } from 'vitest';
import { createApiKey } from '../../../apps/hub/src/domains/staff/index.ts';
import { ADMIN, type TestHub } from './test-hub.ts';

/** A browser without a screen: keeps cookies, sends them back, calls operations. */
export type Caller = Client & Readonly<{ fetch: typeof fetch; cookies: ReadonlyMap<string, string> }>;

export type ServedHub = Readonly<{
  url: string;
  /** A caller with a fresh API key of a role, or of exactly these capabilities. */
  as: (who: Role | readonly Capability[]) => Promise<Caller>;
  /** A caller without credentials who keeps the cookies it is given. */
  visitor: (app: App, headers?: Record<string, string>) => Caller;
}>;

/** Serves a test hub over HTTP on a free loopback port until the test ends; `apps` is where the built apps are. */
export async function serveHub(hub: TestHub, options: { apps?: string } = {}): Promise<ServedHub> {
  const served = await hub.hub.serve({ port: 0, host: '127.0.0.1', ...options });
  onTestFinished(() => served.close());
  return callersAt(hub, served.url);
}

/** Callers of whatever serves this hub's database at an address. */
export const callersAt = (hub: TestHub, url: string): ServedHub => ({
  url,
  as: async (who) => {
    const capabilities = typeof who === 'string' ? [...ROLES[who]] : [...who];
    const maker = { ...ADMIN, capabilities: new Set(CAPABILITIES) };
    const { key, secret } = await hub.act((tx) => createApiKey(tx, { label: 'test', capabilities }), maker);
    return caller(url, 'ops', { authorization: `token ${key}:${secret}` });
  },
  visitor: (app, headers = {}) => caller(url, app, headers),
});

function caller(baseUrl: string, app: App, fixed: Record<string, string>): Caller {
  const cookies = new Map<string, string>();
  const send: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    for (const [name, value] of Object.entries(fixed)) headers.set(name, value);
    if (cookies.size > 0)
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(input, { redirect: 'manual', ...init, headers });
    for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie);
    return response;
  };
  return { ...createClient({ baseUrl, app, language: () => 'fr', fetch: send }), fetch: send, cookies };
}

function keep(cookies: Map<string, string>, setCookie: string): void {
  const [pair = '', ...attributes] = setCookie.split(';');
  const at = pair.indexOf('=');
  const name = pair.slice(0, at);
  const gone = attributes.some((attribute) => /^\s*(max-age=0|expires=Thu, 01 Jan 1970)/i.test(attribute));
  if (gone) cookies.delete(name);
  else cookies.set(name, pair.slice(at + 1));
}
