import { civilDateOf, daysOff, EMPLOYEES, instantOf, weekday } from '@gigafibre/calendar';
import { Refusal, type Skill, type Technician } from '@gigafibre/contract';
import type { Actor } from '../../platform/acting.ts';
import type { TechnicianRow } from './technicians-store.ts';

export type { Skill, Technician } from '@gigafibre/contract';

/** A row as the noun. Skills and hours were written through the contract's own schemas. */
export const technicianOf = (row: TechnicianRow): Technician => ({
  id: row.id,
  name: row.name,
  colour: row.colour,
  phone: row.phone,
  language: row.language as Technician['language'],
  skills: row.skills as unknown as Technician['skills'],
  hours: row.hours as unknown as Technician['hours'],
  staffId: row.staff_id,
  active: row.active,
  version: row.version,
});

export type Shift = Readonly<{ startsAt: string; endsAt: string }>;

/** Whether the company's own people are off that day (Canada Labour Code: telecoms are federal). */
export const isDayOff = (date: string): boolean =>
  daysOff(Number(date.slice(0, 4)), EMPLOYEES).some((day) => day.on === date);

/** Working hours of a civil day as instants, from the first to the last hour of that weekday; null on a day off. */
export function shiftOn(hours: Technician['hours'], date: string): Shift | null {
  const today = hours.filter((hour) => hour.weekday === weekday(date));
  if (today.length === 0 || isDayOff(date)) return null;
  const from = today.map((hour) => hour.from).toSorted()[0] ?? '00:00';
  const to =
    today
      .map((hour) => hour.to)
      .toSorted()
      .at(-1) ?? '00:00';
  return {
    startsAt: instantOf({ date, time: from }).toISOString(),
    endsAt: instantOf({ date, time: to }).toISOString(),
  };
}

/** Whether somebody has what a visit needs, each skill at its level or above. */
export const hasSkills = (held: readonly Skill[], needed: readonly Skill[]): boolean =>
  needed.every((need) => held.some((has) => has.skill === need.skill && has.level >= need.level));

const FIELD: Actor['capabilities'] = new Set(['field.work'] as const);

/** A technician as somebody who acts. */
export const actorOf = (row: TechnicianRow): Actor => ({
  kind: 'technician',
  id: row.id,
  name: row.name,
  capabilities: FIELD,
  language: row.language as Actor['language'],
  onBehalfOf: null,
});

/** The technician who acts; anybody else is refused, whatever they may do otherwise. */
export function requireTechnician(by: Actor): string {
  if (by.kind !== 'technician' || by.id === null)
    throw new Refusal('forbidden', { capability: 'field.work' });
  return by.id;
}

/** The civil day of an instant where the company works. */
export const dayOf = (instant: Date | string): string => civilDateOf(new Date(instant));
