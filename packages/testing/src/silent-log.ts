import type { Log } from '../../../apps/hub/src/platform/log.ts';

/** A log that keeps each line, level, words and fields, for tests of what is and is not said. */
export function keptLog(): Log & Readonly<{ lines: readonly string[] }> {
  const lines: string[] = [];
  const keep = (level: string) => (fields: object, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  return { lines, debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') };
}

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
