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

/** Listens to what happens. The browser reconnects by itself and resumes where it was. Returns how to stop. */
export function openLive(options: LiveOptions): () => void {
  const source = new EventSource(`${options.baseUrl ?? ''}/sse?app=${options.app}`);
  options.onState('connecting');
  source.addEventListener('hello', () => options.onState('live'));
  source.addEventListener('reload', () => options.onReload());
  source.addEventListener('message', ({ data }) => {
    const parsed = liveMessage.safeParse(JSON.parse(String(data)));
    if (parsed.success) options.onMessage(parsed.data);
  });
  source.addEventListener('error', () => options.onState('away'));
  return () => source.close();
}
