import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the server's maintenance database; tests clone `template` from there. */
    databaseServer: string;
    databaseTemplate: string;
  }
}
