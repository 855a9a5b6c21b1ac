import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Statement } from './statements.ts';

export type BareServer = Readonly<{ baseUrl: string; stop: () => Promise<void> }>;

/** Starts the bare server beside the hub and teaches it which statements answer which path. */
export async function startBareServer(
  url: string,
  known: readonly (readonly [path: string, statements: readonly Statement[]])[],
): Promise<BareServer> {
  const child = fork(join(import.meta.dirname, 'bare-server.ts'), {
    env: { ...process.env, DATABASE_URL: url },
    serialization: 'advanced',
  });
  const [address] = (await once(child, 'message')) as [{ port: number }]; // the server's first word
  child.send(known);
  await once(child, 'message');
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
