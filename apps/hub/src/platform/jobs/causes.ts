/** One job's events: a transaction of a tenth of a second, and a line in the queue for all of them. */
const EVENTS_MAX = 25;

/** What jobs that follow from some events carry, in the order of the events: each names one, or several at most. */
export function payloadsOf(events: readonly bigint[]): object[] {
  const named = events.map(String);
  return Array.from({ length: Math.ceil(named.length / EVENTS_MAX) }, (_, index) => {
    const events = named.slice(index * EVENTS_MAX, (index + 1) * EVENTS_MAX);
    return events.length === 1 ? { event: events[0] } : { events };
  });
}

/** The events a job follows from, as its payload names them; none when it follows from nothing that was told. */
export function causesIn(payload: unknown): bigint[] {
  if (typeof payload !== 'object' || payload === null) return [];
  if ('event' in payload && typeof payload.event === 'string') return [BigInt(payload.event)];
  if (!('events' in payload) || !Array.isArray(payload.events)) return [];
  return payload.events.map((event) => BigInt(String(event)));
}
