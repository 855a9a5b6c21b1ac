import type { Job, Problem, Technician } from '../problem/problem.ts';
import { randomFrom, type Random } from '../random.ts';

/** How large a random problem is, and whether it has everything in it or only what small exact search knows. */
export type Size = Readonly<{
  jobs: number;
  technicians: number;
  days?: number;
  crews?: boolean;
  restock?: boolean;
}>;

const DAY = 1_440;
const SKILLS = ['fibre', 'copper', 'height'];
const PARTS = ['ont', 'drop'];

/** A problem made of chance alone: minutes on a plane, with skills, windows, breaks, overtime, parts and promises. */
export function randomProblem(seed: number, size: Size): Problem {
  const random = randomFrom(seed);
  const days = size.days ?? 1;
  const places = 1 + size.technicians + size.jobs;
  const names = Array.from({ length: size.technicians }, (_, index) => `T${index}`);
  return {
    travel: {
      kind: 'plane',
      points: Array.from({ length: places }, () => [random.below(100), random.below(100)]),
      scale: 1,
      rounding: 'nearest',
    },
    ...(size.restock ? { restock: { place: 0, duration: 10 } } : {}),
    technicians: names.map((id, index) => technician(random, { id, place: 1 + index, days })),
    jobs: Array.from({ length: size.jobs }, (_, index) =>
      job(random, {
        id: `J${index}`,
        place: 1 + size.technicians + index,
        days,
        names,
        crews: size.crews ?? false,
      }),
    ),
  };
}

function technician(random: Random, of: Readonly<{ id: string; place: number; days: number }>): Technician {
  const paused = random.unit() < 0.6;
  return {
    id: of.id,
    skills: Object.fromEntries(SKILLS.map((skill) => [skill, random.below(4)])),
    tools: random.unit() < 0.5 ? ['ladder'] : [],
    parts: Object.fromEntries(PARTS.map((part) => [part, random.below(4)])),
    capacity: [5 + random.below(20)],
    perDistance: random.below(3),
    perTime: random.unit() < 0.5 ? 1 : 0,
    perOvertime: 2,
    fixed: random.below(20),
    shifts: Array.from({ length: of.days }, (_, day) => ({
      start: day * DAY + 480,
      end: day * DAY + 960,
      overtimeMax: random.below(2) * 60,
      from: of.place,
      to: random.unit() < 0.2 ? null : of.place,
      breaks: paused ? [{ earliest: day * DAY + 690, latest: day * DAY + 780, duration: 30 }] : [],
    })),
  };
}

function job(
  random: Random,
  of: Readonly<{ id: string; place: number; days: number; names: readonly string[]; crews: boolean }>,
): Job {
  const opening = 480 + random.below(300) + DAY * random.below(of.days);
  const windows = [
    { from: opening, to: opening + 30 + random.below(180) },
    { from: opening + 240, to: opening + 300 },
  ];
  const crewed = of.crews && random.unit() < 0.3;
  const someone = of.names[random.below(of.names.length)] ?? '';
  return {
    id: of.id,
    place: of.place,
    duration: random.below(90),
    windows: random.unit() < 0.2 ? [] : windows.slice(0, 1 + random.below(2)),
    ...(crewed
      ? { crew: [{ fibre: 1 }, {}] }
      : { needs: { [SKILLS[random.below(3)] ?? '']: random.below(3) } }),
    tools: random.unit() < 0.2 ? ['ladder'] : [],
    parts: random.unit() < 0.5 ? { ont: 1 } : {},
    load: [random.below(4)],
    priority: 1 + random.below(3),
    ...(random.unit() < 0.3 ? { prize: random.below(200) } : {}),
    ...(random.unit() < 0.3 ? { dueBy: opening + random.below(200), perLate: 1 } : {}),
    ...(random.unit() < 0.1 && !crewed ? { locked: { technician: someone } } : {}),
    ...(random.unit() < 0.2
      ? { kept: { technician: someone, start: opening + 20, tolerance: 30, cost: 40 } }
      : {}),
    ...(random.unit() < 0.1 ? { never: [someone] } : {}),
  };
}
