import type { Job, Problem, Technician } from '../problem/problem.ts';
import { randomFrom, type Random } from '../random.ts';

const HOUR = 3_600;
const MINUTE = 60;
const SKILLS = ['install', 'repair', 'splice', 'height', 'business'];
/** Half-day and two-hour windows, as they are promised to customers. */
const WINDOWS = [
  [8, 12],
  [12, 17],
  [8, 10],
  [10, 12],
  [13, 15],
  [15, 17],
  [8, 17],
] as const;

/** An ordinary day of a provider: technicians from their homes, jobs around three towns, in seconds and metres. */
export function dailyCase(seed: number, size: Readonly<{ technicians: number; jobs: number }>): Problem {
  const random = randomFrom(seed);
  const points = Array.from({ length: size.technicians + size.jobs }, () => pointNear(random));
  return {
    travel: { kind: 'earth', points, detour: 1.3, metresPerSecond: 14 },
    technicians: Array.from({ length: size.technicians }, (_, index) => technician(random, index)),
    jobs: Array.from({ length: size.jobs }, (_, index) =>
      job(random, { index, place: size.technicians + index }),
    ),
  };
}

function pointNear(random: Random): [number, number] {
  const towns = [
    [-73.6, 45.5],
    [-73.9, 45.3],
    [-73.4, 45.7],
  ] as const;
  const [longitude, latitude] = towns[random.below(towns.length)] ?? towns[0];
  const spread = (): number => (random.unit() + random.unit() - 1) * 0.25;
  return [longitude + spread(), latitude + spread()];
}

function technician(random: Random, index: number): Technician {
  const start = (7 + random.below(2)) * HOUR + 30 * MINUTE;
  return {
    id: `T${index + 1}`,
    skills: Object.fromEntries(
      SKILLS.filter(() => random.unit() < 0.7).map((skill) => [skill, 1 + random.below(3)]),
    ),
    parts: { ont: 6 },
    perDistance: 0.0005,
    perTime: 0.01,
    perOvertime: 0.02,
    shifts: [
      {
        start,
        end: start + 8.5 * HOUR,
        overtimeMax: HOUR,
        from: index,
        to: index,
        breaks: [{ earliest: 11 * HOUR + 30 * MINUTE, latest: 13 * HOUR, duration: 30 * MINUTE }],
      },
    ],
  };
}

function job(random: Random, of: Readonly<{ index: number; place: number }>): Job {
  const [from, to] = WINDOWS[random.below(WINDOWS.length)] ?? WINDOWS[0];
  const skill = SKILLS[random.below(SKILLS.length)] ?? 'install';
  return {
    id: `J${of.index + 1}`,
    place: of.place,
    duration: (20 + 5 * random.below(13)) * MINUTE,
    windows: [{ from: from * HOUR, to: to * HOUR }],
    needs: { [skill]: 1 + random.below(2) },
    parts: skill === 'install' ? { ont: 1 } : {},
    priority: 1 + random.below(3),
  };
}
