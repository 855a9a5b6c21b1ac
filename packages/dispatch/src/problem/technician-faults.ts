import { BREAKS_MAX } from './limits.ts';
import { costNumber, knownPlace, wholeNumber } from './number-faults.ts';
import type { Shift, Technician } from './problem.ts';
import type { Tell } from './refusals.ts';

/** Tells of everything in a technician that cannot be planned with. */
export function technicianFaults(technician: Technician, places: number, tell: Tell): void {
  const told = { subject: technician.id, tell };
  for (const level of Object.values(technician.skills ?? {})) wholeNumber(level, 'A level', told);
  for (const count of Object.values(technician.parts ?? {})) wholeNumber(count, 'A count of parts', told);
  for (const size of technician.capacity ?? []) wholeNumber(size, 'The capacity', told);
  costNumber(technician.perDistance, 'The cost of distance', told);
  costNumber(technician.perTime, 'The cost of time', told);
  costNumber(technician.perOvertime, 'The cost of overtime', told);
  costNumber(technician.fixed, 'The fixed cost', told);
  for (const shift of technician.shifts) shiftFaults(shift, places, told);
}

function shiftFaults(shift: Shift, places: number, told: Readonly<{ subject: string; tell: Tell }>): void {
  const { subject, tell } = told;
  wholeNumber(shift.start, 'The start of a shift', told);
  wholeNumber(shift.end, 'The end of a shift', told);
  wholeNumber(shift.overtimeMax, 'The overtime', told);
  if (shift.end < shift.start)
    tell('reversed-window', subject, `A shift of “${subject}” ends before it starts.`);
  knownPlace(shift.from, places, told);
  if (shift.to !== null) knownPlace(shift.to, places, told);
  const breaks = shift.breaks ?? [];
  if (breaks.length > BREAKS_MAX)
    tell('too-large', subject, `A shift of “${subject}” has more than ${BREAKS_MAX} breaks.`);
  for (const pause of breaks) {
    wholeNumber(pause.earliest, 'The earliest start of a break', told);
    wholeNumber(pause.latest, 'The latest start of a break', told);
    wholeNumber(pause.duration, 'The length of a break', told);
    if (pause.latest < pause.earliest)
      tell('reversed-window', subject, `A break of “${subject}” must start before it may.`);
  }
}
