import type { EventDeclaration, LiveMessage } from '@gigafibre/contract';
import type pg from 'pg';
import type { Actor } from '../acting.ts';
import type { Db } from '../db/connect.ts';
import type { Log } from '../log.ts';
import { endOfLog, positionText, readAfter, type LoggedEvent, type Position } from './log-reader.ts';

/** What a listening screen gets; `full` answers false when its connection cannot take more and must be dropped. */
export type Screen = Readonly<{ by: Actor; send: (message: LiveMessage) => boolean }>;

/** Tells screens what happened, each only what it may see. One listening connection per process. */
export type Live = Readonly<{
  add: (screen: Screen) => () => void;
  /** Messages since a position, for a screen that comes back; undefined when it was away too long. */
  since: (by: Actor, position: Position) => Promise<LiveMessage[] | undefined>;
  position: () => string;
  stop: () => Promise<void>;
}>;

export type EventTable = ReadonlyMap<string, EventDeclaration>;

/** A screen that missed more than this reloads everything instead. */
const CATCH_UP_ROUNDS_MAX = 4;
const POLL_MS = 5_000;
/** A later look after a wake-up: a transaction that was still open then may be done now. */
const SECOND_LOOK_MS = 100;

export async function startLive(
  pool: pg.Pool,
  db: Db,
  parts: { events: EventTable; log: Log },
): Promise<Live> {
  const screens = new Set<Screen>();
  let position = await endOfLog(db);
  let busy = false;
  let again = false;
  const advance = async (): Promise<void> => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      do {
        again = false;
        const batch = await readAfter(db, position);
        for (const event of batch) {
          position = event;
          tellScreens(screens, parts.events, event);
        }
        again ||= batch.length > 0;
      } while (again);
    } catch (error) {
      parts.log.warn({ err: String(error) }, 'live could not read the log; trying again');
    } finally {
      busy = false;
    }
  };
  const listener = await pool.connect();
  const later = new Set<NodeJS.Timeout>();
  const wake = () => {
    void advance();
    const timer = setTimeout(() => {
      later.delete(timer);
      void advance();
    }, SECOND_LOOK_MS);
    later.add(timer);
  };
  listener.on('notification', wake);
  listener.on('error', (error) =>
    parts.log.error({ err: error.message }, 'live lost its listening connection; polling goes on'),
  );
  await listener.query('listen events');
  const poll = setInterval(() => void advance(), POLL_MS);
  return {
    add: (screen) => {
      screens.add(screen);
      return () => screens.delete(screen);
    },
    since: (by, from) => messagesSince(db, parts.events, { by, from }),
    position: () => positionText(position),
    stop: async () => {
      clearInterval(poll);
      for (const timer of later) clearTimeout(timer);
      listener.release(true);
    },
  };
}

function tellScreens(screens: Set<Screen>, events: EventTable, event: LoggedEvent): void {
  for (const screen of screens) {
    const message = messageFor(screen.by, events, event);
    if (message && !screen.send(message)) screens.delete(screen);
  }
}

async function messagesSince(
  db: Db,
  events: EventTable,
  { by, from }: { by: Actor; from: Position },
): Promise<LiveMessage[] | undefined> {
  const messages: LiveMessage[] = [];
  let position = from;
  for (let round = 0; round < CATCH_UP_ROUNDS_MAX; round += 1) {
    const batch = await readAfter(db, position);
    for (const event of batch) {
      position = event;
      const message = messageFor(by, events, event);
      if (message) messages.push(message);
    }
    if (batch.length === 0) return messages;
  }
  return undefined;
}

/** The message of an event for one reader, or undefined when it is not theirs to see. */
export function messageFor(by: Actor, events: EventTable, event: LoggedEvent): LiveMessage | undefined {
  const declaration = events.get(event.type);
  if (!declaration || !maySee(by, declaration, event)) return undefined;
  return {
    id: positionText(event),
    type: event.type,
    subject: event.subject_id,
    stale: [...declaration.stale],
  };
}

function maySee(by: Actor, declaration: EventDeclaration, event: LoggedEvent): boolean {
  if (by.kind === 'customer')
    return declaration.customerSees && event.customer_id !== null && event.customer_id === by.id;
  if (by.kind === 'technician')
    return declaration.technicianSees && (event.technician_id === null || event.technician_id === by.id);
  return by.capabilities.has(declaration.seenWith);
}
