import snmp, { type Session, type Varbind } from 'net-snmp';

/** How to speak to an agent. */
export type SnmpTarget = {
  /** `host` or `host:port`. */
  readonly address: string;
  readonly community: string;
  /** Wait for one answer, and how often to ask again. */
  readonly timeoutMs: number;
  readonly retries: number;
};

/** A value as the agent gave it, null where it has none. Octets are raw. */
export type SnmpValue = number | bigint | Buffer | null;

/** An OID under a column, without the column, and its value. */
export type SnmpCell = { readonly index: readonly number[]; readonly value: SnmpValue };

/** The agent gave no answer in time: down, unreachable, or another community. SNMP tells none apart. */
export class SnmpSilence extends Error {}

/** The agent answered what no agent should. */
export class SnmpNonsense extends Error {}

const DEFAULT_PORT = 161;
const REPETITIONS = 20;

/** Runs `work` with a session and closes it after, whatever happens. */
export async function withSession<T>(target: SnmpTarget, work: (session: Session) => Promise<T>): Promise<T> {
  const { host, port } = hostAndPort(target.address);
  const session = snmp.createSession(host, target.community, {
    port,
    version: snmp.Version2c,
    timeout: target.timeoutMs,
    retries: target.retries,
  });
  // Errors of the socket also end the request they belong to, which then reports them.
  session.on('error', () => {});
  try {
    return await work(session);
  } finally {
    session.close();
  }
}

/** Values at these OIDs, null where there is none. */
export async function getValues(session: Session, oids: readonly string[]): Promise<readonly SnmpValue[]> {
  const varbinds = await answered<Varbind[]>((answer) => session.get(oids, answer));
  return varbinds.map(valueOf);
}

/**
 * The cells of a column, in the agent's order, until `until` is true of one, the column ends or `limit` is
 * reached. Stops where an agent gives again what it gave: some never end.
 */
export async function walkColumn(
  session: Session,
  column: string,
  { limit, until }: { limit: number; until?: (cell: SnmpCell) => boolean },
): Promise<readonly SnmpCell[]> {
  const cells: SnmpCell[] = [];
  const seen = new Set<string>();
  let from = column;
  while (cells.length < limit) {
    const [varbinds = []] = await answered<Varbind[][]>((answer) =>
      session.getBulk([from], 0, REPETITIONS, answer),
    );
    for (const varbind of varbinds) {
      const isInside = varbind.oid.startsWith(`${column}.`) && !snmp.isVarbindError(varbind);
      if (!isInside || seen.has(varbind.oid)) return cells;
      seen.add(varbind.oid);
      const cell = { index: indexUnder(column, varbind.oid), value: valueOf(varbind) };
      cells.push(cell);
      if (until?.(cell) === true || cells.length >= limit) return cells;
      from = varbind.oid;
    }
    if (varbinds.length === 0) return cells;
  }
  return cells;
}

function answered<T>(ask: (answer: (error: Error | null, value?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    ask((error, value) => {
      if (error !== null)
        reject(isSilence(error) ? new SnmpSilence(error.message) : new SnmpNonsense(error.message));
      else if (value === undefined) reject(new SnmpNonsense('empty answer'));
      else resolve(value);
    });
  });
}

/** No answer in time, or an address nothing can be sent to. */
function isSilence(error: Error): boolean {
  return error instanceof snmp.RequestTimedOutError || 'syscall' in error;
}

function valueOf(varbind: Varbind): SnmpValue {
  if (snmp.isVarbindError(varbind)) return null;
  const { type, value } = varbind;
  if (typeof value === 'number') return value;
  if (!Buffer.isBuffer(value)) return null;
  if (type !== snmp.ObjectType['Counter64']) return value;
  return value.length === 0 ? 0n : BigInt(`0x${value.toString('hex')}`);
}

function indexUnder(column: string, oid: string): readonly number[] {
  return oid
    .slice(column.length + 1)
    .split('.')
    .map(Number);
}

function hostAndPort(address: string): { host: string; port: number } {
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(address) ?? [];
  return { host, port: port === undefined ? DEFAULT_PORT : Number(port) };
}
