import { liveMessage, type LiveMessage } from '@gigafibre/contract';
import type { App } from './call.ts';

export type LiveState = 'connecting' | 'live' | 'away';
export type LiveOptions = Readonly<{
  app: App;
  baseUrl?: string;
  onMessage: (message: LiveMessage) => void;
  /** Too much was missed: everything on the screen is stale. */
  onReload: () => void;
  onState: (state: LiveState) => void;
}>;

/** The browser gives up on an answer that is no stream (a gateway while the hub restarts); we ask again. */
const AGAIN_MS = 5_000;

/**
 * Listens to what happens. The browser reconnects by itself and resumes where it was; when the device loses its
 * network, or the answer was no stream, a new connection starts and everything is asked again. Returns how to stop.
 */
export function openLive(options: LiveOptions): () => void {
  const address = `${options.baseUrl ?? ''}/sse?app=${options.app}`;
  const life = new AbortController();
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  function open(isFirst: boolean): void {
    clearTimeout(again);
    source?.close();
    const opened = new EventSource(address);
    source = opened;
    options.onState('connecting');
    let missed = !isFirst;
    opened.addEventListener('hello', () => {
      options.onState('live');
      if (missed) options.onReload();
      missed = false;
    });
    opened.addEventListener('reload', () => options.onReload());
    opened.addEventListener('message', ({ data }) => {
      const parsed = liveMessage.safeParse(JSON.parse(String(data)));
      if (parsed.success) options.onMessage(parsed.data);
    });
    opened.addEventListener('error', () => {
      options.onState('away');
      if (opened.readyState === EventSource.CLOSED) again = setTimeout(() => open(false), AGAIN_MS);
    });
  }

  // A cut network closes no connection that is open: only the device knows.
  globalThis.addEventListener?.('offline', () => options.onState('away'), { signal: life.signal });
  globalThis.addEventListener?.('online', () => open(false), { signal: life.signal });
  open(true);
  return () => {
    life.abort();
    clearTimeout(again);
    source?.close();
  };
}
