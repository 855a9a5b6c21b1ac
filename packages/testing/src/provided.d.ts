import 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the server's maintenance database; tests clone `databaseTemplate` from there. */
    databaseServer: string;
    databaseTemplate: string;
    /** How the template is copied fastest on this server. */
    databaseStrategy: 'file_copy' | 'wal_log';
  }
}
