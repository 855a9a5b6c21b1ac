/** A moment from the wire (ISO 8601) or already a Date; undefined when it is neither. */
export function parseInstant(at: string | Date): Date | undefined {
  const instant = typeof at === 'string' ? new Date(at) : at;
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
