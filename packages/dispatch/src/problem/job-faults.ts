import { CREW_MAX, LOADS_MAX, WINDOWS_MAX } from './limits.ts';
import { costNumber, knownPlace, wholeNumber } from './number-faults.ts';
import type { Job } from './problem.ts';
import type { Tell } from './refusals.ts';

type Known = Readonly<{ places: number; technicians: ReadonlySet<string> }>;
type Told = Readonly<{ subject: string; tell: Tell }>;

/** Tells of everything in a job that cannot be planned with. */
export function jobFaults(job: Job, known: Known, tell: Tell): void {
  const told = { subject: job.id, tell };
  knownPlace(job.place, known.places, told);
  wholeNumber(job.duration, 'The duration', told);
  wholeNumber(job.dueBy, 'The due time', told);
  wholeNumber(job.locked?.start, 'The locked start', told);
  wholeNumber(job.kept?.start, 'The promised start', told);
  wholeNumber(job.kept?.tolerance, 'The tolerance', told);
  costNumber(job.priority, 'The priority', told);
  costNumber(job.prize, 'The prize', told);
  costNumber(job.perLate, 'The cost of lateness', told);
  costNumber(job.kept?.cost, 'The cost of moving', told);
  for (const size of job.load ?? []) wholeNumber(size, 'The load', told);
  for (const count of Object.values(job.parts ?? {})) wholeNumber(count, 'A count of parts', told);
  for (const level of Object.values(job.needs ?? {})) wholeNumber(level, 'A level', told);
  for (const level of (job.crew ?? []).flatMap((seat) => Object.values(seat)))
    wholeNumber(level, 'A level', told);
  windowFaults(job, told);
  sizeFaults(job, told);
  technicianFaults(job, known, told);
}

function windowFaults({ windows = [] }: Job, told: Told): void {
  const { subject, tell } = told;
  let before = -1;
  for (const { from, to } of windows) {
    wholeNumber(from, 'The opening of a window', told);
    wholeNumber(to, 'The closing of a window', told);
    if (to < from)
      tell(
        'reversed-window',
        subject,
        `A window of “${subject}” closes at ${to}, before it opens at ${from}.`,
      );
    else if (from < before)
      tell('reversed-window', subject, `The windows of “${subject}” overlap or are not in order.`);
    before = to;
  }
}

function sizeFaults(job: Job, { subject, tell }: Told): void {
  const sizes: readonly (readonly [string, number, number])[] = [
    ['windows', job.windows?.length ?? 0, WINDOWS_MAX],
    ['dimensions of load', job.load?.length ?? 0, LOADS_MAX],
    ['technicians at once', job.crew?.length ?? 1, CREW_MAX],
  ];
  for (const [what, size, most] of sizes) {
    if (size > most) tell('too-large', subject, `“${subject}” has ${size} ${what}, more than ${most}.`);
  }
  if (job.crew?.length === 0) tell('unreadable', subject, `The crew of “${subject}” is empty.`);
}

function technicianFaults(job: Job, known: Known, { subject, tell }: Told): void {
  const named = [job.locked?.technician, job.kept?.technician, ...(job.only ?? []), ...(job.never ?? [])];
  for (const id of named) {
    if (id !== undefined && !known.technicians.has(id)) {
      tell('unknown-technician', subject, `“${subject}” names the technician “${id}”, who does not exist.`);
    }
  }
}
