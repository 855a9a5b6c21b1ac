import type { Acs } from '@gigafibre/outside/acs';
import type { MailSender } from '@gigafibre/outside/mail';
import type { Olt } from '@gigafibre/outside/olt';
import type { PaymentProvider } from '@gigafibre/outside/payments';
import type { SmsSender } from '@gigafibre/outside/sms';
import type { Vision } from '@gigafibre/outside/vision';
import type { KnownCallers } from './platform/auth/known-callers.ts';
import type { LinkSigner } from './platform/auth/tokens.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Db } from './platform/db/connect.ts';
import type { Documents } from './platform/documents.ts';
import type { Flows } from './platform/flows/open-flows.ts';
import type { Log } from './platform/log.ts';
import type { Ground } from './platform/transact.ts';

/** The outside world, by capability. Which vendor stands behind each is chosen in `outside.ts` only. */
export type Outside = Readonly<{
  payments: PaymentProvider;
  sms: SmsSender;
  mail: MailSender;
  acs: Acs;
  olt: Olt;
  vision: Vision;
}>;

/** The one object of dependencies. Verbs take what they need of it. */
export type Env = Readonly<{
  config: Config;
  clock: Clock;
  log: Log;
  db: Db;
  ground: Ground;
  /** What waits: durable flows, started and signalled in the transaction that causes it. */
  flows: Flows;
  /** Staff and keys of the last moments. */
  callers: KnownCallers;
  links: LinkSigner;
  outside: Outside;
  /** Documents by the path of the operation that gives them, for whoever encloses one without knowing its domain. */
  documents: Documents;
  /** Whether messages leave: read from settings, refreshed by the worker. `sandbox` until somebody says otherwise. */
  messageMode: () => 'sandbox' | 'allowlist' | 'live';
  /** Base address people reach this hub at, without trailing slash; known once the server listens. */
  publicUrl: () => string;
}>;
