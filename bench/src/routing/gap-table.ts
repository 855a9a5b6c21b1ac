import { instancesOf, type SetName } from './instances.ts';
import { measure, type Outcome } from './measure.ts';

/** What to measure: one of every `every` instances of the sets, for each time and seed. */
export type Plan = Readonly<{
  sets: readonly SetName[];
  seconds: readonly number[];
  seeds: number;
  threads: number;
  every: number;
  clock: 'wall' | 'work';
  /** Told of every run as it ends. */
  tell?: (line: string) => void;
}>;

/** A Markdown table: set, time, mean and worst gap to the best known values, faults found, jobs left out. */
export async function gapTable(plan: Plan): Promise<string> {
  const instances = instancesOf(plan.sets);
  if (instances === undefined) return 'routing: skipped, no collection of instances on this machine';
  const lines = [
    '| set | s | runs | mean gap % | worst gap % | tries per s | faults | left out |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
  ];
  for (const set of plan.sets) {
    const chosen = instances
      .filter((instance) => instance.set === set)
      .filter((_, at) => at % plan.every === 0);
    for (const seconds of plan.seconds) {
      const outcomes: Outcome[] = [];
      for (const instance of chosen) {
        for (let seed = 1; seed <= plan.seeds; seed++) {
          const { threads, clock } = plan;
          const outcome = await measure(instance, { seconds, seed, threads, clock });
          outcomes.push(outcome);
          const { gap, faults, left } = outcome;
          plan.tell?.(
            `${instance.name} ${seconds} s seed ${seed}: ${percent(gap)} %, ${faults} faults, ${left} left`,
          );
        }
      }
      if (outcomes.length > 0) lines.push(lineOf(set, seconds, outcomes));
    }
  }
  return lines.join('\n');
}

function lineOf(set: string, seconds: number, outcomes: readonly Outcome[]): string {
  const sum = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, one) => total + of(one), 0);
  const cells = [
    set,
    seconds,
    outcomes.length,
    percent(sum(({ gap }) => gap) / outcomes.length),
    percent(Math.max(...outcomes.map(({ gap }) => gap))),
    Math.round(sum(({ tries }) => tries) / outcomes.length / seconds),
    sum(({ faults }) => faults),
    sum(({ left }) => left),
  ];
  return `| ${cells.join(' | ')} |`;
}

const percent = (share: number): string => (share * 100).toFixed(2);
