/** What may break a rule, and why. A line here is a debt: it names the rule, the file and the reason. */
export const exceptions: readonly { rule: string; path: string; reason: string }[] = [
  {
    rule: 'time and chance',
    path: 'apps/hub/src/platform/clock.ts',
    reason: 'the one place where the machine is asked for the time',
  },
  {
    rule: 'time and chance',
    path: 'apps/hub/src/cli/demo-world.ts',
    reason: 'gives the simulators the real clock of a running demo',
  },
  { rule: 'environment', path: 'apps/hub/src/main.ts', reason: 'hands the environment to config.ts, once' },
  { rule: 'unheard event', path: 'session.opened', reason: 'only the audit trail reads it' },
];

export const excepted = (rule: string, path: string): boolean =>
  exceptions.some((entry) => entry.rule === rule && entry.path === path);
