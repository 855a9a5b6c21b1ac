import { parseArgs } from 'node:util';
import { gapTable } from './gap-table.ts';
import { SETS } from './instances.ts';

const USAGE = `node bench/src/routing/main.ts [options]

  --sets NAMES     ${SETS.join(',')} (default: all)
  --seconds LIST   default 1,10,60
  --seeds N        default 3
  --threads N      default 2
  --every N        only every Nth instance (default: all)
  --clock work     count the time the threads work, not that of the wall: for a machine that others use too
`;

const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: SETS.join(',') },
    seconds: { type: 'string', default: '1,10,60' },
    seeds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    every: { type: 'string', default: '1' },
    clock: { type: 'string', default: 'wall' },
    help: { type: 'boolean' },
  },
});
if (values.help) console.log(USAGE);
else {
  const named = values.sets.split(',');
  console.log(
    await gapTable({
      sets: SETS.filter((set) => named.includes(set)),
      seconds: values.seconds.split(',').map(Number),
      seeds: Number(values.seeds),
      threads: Number(values.threads),
      every: Number(values.every),
      clock: values.clock === 'work' ? 'work' : 'wall',
      tell: (line) => console.error(line),
    }),
  );
}
