import type { Log } from '../../../apps/hub/src/platform/log.ts';

const nothing = () => undefined;
/** A log that keeps quiet unless GIGAFIBRE_LOG asks to see errors. */
export const silentLog: Log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: (fields, message) => {
    if (process.env['GIGAFIBRE_LOG'] !== undefined)
      process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
  },
};
