/** What every simulator is given: the world's one clock and one seed, and where to say what happens. */
export type SimEnv = {
  /** The world's now. Everything a simulator dates or expires follows it. */
  readonly clock: () => Date;
  /** Seeded chance in [0, 1): the same seed and the same requests give the same ids. */
  readonly random: () => number;
  readonly log: (message: string, facts?: Readonly<Record<string, unknown>>) => void;
  /** Told after something changed that a later run should find again. */
  readonly changed?: () => void;
};

/** Simulators listen on the loopback interface alone. */
export const LOOPBACK = '127.0.0.1';
