/**
 * One run of something costly for everybody who asks at the same moment, as when a hundred screens learn at once
 * that their figures are stale. Who asks while it runs waits for the next run, which starts after they asked:
 * nobody is given what was read before their question. So at most one runs and one waits, whoever asks.
 */
export function shareRun<In, Out>(run: (given: In) => Promise<Out>): (given: In) => Promise<Out> {
  let running: Promise<unknown> | undefined;
  let next: { given: In; answer: Promise<Out> } | undefined;
  const start = (given: In): Promise<Out> => {
    const answer = run(given);
    const mine = answer.then(
      () => undefined,
      () => undefined,
    );
    running = mine;
    void mine.then(() => {
      if (running === mine) running = undefined;
    });
    return answer;
  };
  return (given) => {
    if (!running) return start(given);
    if (next) {
      next.given = given;
      return next.answer;
    }
    const waiting = running.then(() => {
      const latest = next?.given ?? given;
      next = undefined;
      return start(latest);
    });
    next = { given, answer: waiting };
    return waiting;
  };
}
