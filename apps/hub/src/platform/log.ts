import { pino } from 'pino';
import type { Config } from './config.ts';

export type Log = Readonly<{
  debug: (fields: object, message: string) => void;
  info: (fields: object, message: string) => void;
  warn: (fields: object, message: string) => void;
  error: (fields: object, message: string) => void;
}>;

/** One JSON line per fact, on standard error; personal data and secrets never among the fields. */
export function openLog(level: Config['logLevel']): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: ['*.authorization', '*.cookie', '*.token', '*.secret', '*.password', '*.code'],
        censor: '***',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
