// The part of `net-snmp` used here; the library carries no types of its own.
declare module 'net-snmp' {
  export type Varbind = { readonly oid: string; readonly type: number; readonly value: unknown };
  export type SessionOptions = {
    readonly port: number;
    readonly version: number;
    readonly timeout: number;
    readonly retries: number;
  };
  export type Session = {
    get(oids: readonly string[], answer: (error: Error | null, varbinds?: Varbind[]) => void): void;
    getNext(oids: readonly string[], answer: (error: Error | null, varbinds?: Varbind[]) => void): void;
    getBulk(
      oids: readonly string[],
      nonRepeaters: number,
      maxRepetitions: number,
      answer: (error: Error | null, varbinds?: Varbind[][]) => void,
    ): void;
    on(event: 'error', listener: (error: Error) => void): void;
    close(): void;
  };
  const snmp: {
    createSession(target: string, community: string, options: SessionOptions): Session;
    isVarbindError(varbind: Varbind): boolean;
    readonly Version2c: number;
    readonly ObjectType: Readonly<Record<string, number>>;
    readonly RequestTimedOutError: new (message: string) => Error;
    readonly ResponseInvalidError: new (message: string) => Error;
  };
  export default snmp;
}
