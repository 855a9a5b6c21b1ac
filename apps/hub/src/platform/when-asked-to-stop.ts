const requests = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const;
const sameRequestMs = 2_000;
/** More than the embedded database takes to be ended by force. */
const stopDeadlineMs = 25_000;

/**
 * Calls `stop` once when this process is asked to end: by Ctrl-C, by a supervisor, or because the launcher
 * that started it is gone (its channel disconnects). One Ctrl-C arrives several times, from the terminal,
 * from npm and from the launcher; but who asks again after two seconds is obeyed at once. A stop that
 * takes longer than 25 s is cut short.
 */
export function whenAskedToStop(stop: () => Promise<void>): void {
  let askedAt: number | undefined;
  const asked = (): void => {
    if (askedAt === undefined) {
      askedAt = performance.now();
      setTimeout(() => process.exit(1), stopDeadlineMs).unref();
      stop().then(
        () => process.exit(0),
        () => process.exit(1), // it has said why
      );
    } else if (performance.now() - askedAt > sameRequestMs) process.exit(1);
  };
  for (const request of requests) process.on(request, asked);
  process.channel?.unref();
}
