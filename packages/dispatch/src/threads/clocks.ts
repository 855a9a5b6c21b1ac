/** Milliseconds on the clock that all threads of the program share. */
export const wallMs = (): number => performance.timeOrigin + performance.now();

/** Milliseconds for which the calling thread has been at work. */
export function workedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
