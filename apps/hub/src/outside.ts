import { createGenieAcs, type Acs } from '@gigafibre/outside/acs';
import { createSmtpMail, type MailSender } from '@gigafibre/outside/mail';
import { createHuaweiSnmpOlt, type Olt } from '@gigafibre/outside/olt';
import { broken, type Outcome } from '@gigafibre/outside/outcome';
import { createStripePayments, type PaymentProvider } from '@gigafibre/outside/payments';
import { createTwilioSms, type SmsSender } from '@gigafibre/outside/sms';
import { createLocalVision } from '@gigafibre/outside/vision';
import type { Outside } from './env.ts';
import type { Config } from './platform/config.ts';

const STRIPE_TIMEOUT_MS = 15_000;
const TWILIO_TIMEOUT_MS = 15_000;
const SMTP_TIMEOUT_MS = 20_000;
const ACS_TIMEOUT_MS = 10_000;
const ACS_CONNECTION_MS = 6_000;
const OLT_TIMEOUT_MS = 3_000;
const OLT_DEADLINE_MS = 10_000;

/** The outside, and how to let go of its threads and connections. */
export type ConnectedOutside = Readonly<{ outside: Outside; close: () => Promise<void> }>;

/** Chooses the vendor behind each capability from the configuration. What is not configured says so when it is called. */
export function connectOutside(config: Config): ConnectedOutside {
  const vision = createLocalVision();
  const outside = {
    payments: payments(config),
    sms: sms(config),
    mail: mail(config),
    acs: acs(config),
    olt: olt(config),
    vision,
  };
  return {
    outside,
    close: async () => {
      outside.mail.close();
      await vision.close();
    },
  };
}

const olt = ({ oltCommunity }: Config): Olt =>
  createHuaweiSnmpOlt({
    community: oltCommunity,
    timeoutMs: OLT_TIMEOUT_MS,
    retries: 1,
    deadlineMs: OLT_DEADLINE_MS,
  });

const missing = (what: string) => (): Promise<Outcome<never>> =>
  Promise.resolve(broken(`${what} is not configured`));

function payments({ stripe }: Config): PaymentProvider {
  if (stripe.secretKey === undefined || stripe.webhookSecret === undefined) {
    const no = missing('Stripe (STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET)');
    return {
      vendor: 'stripe',
      createCustomer: no,
      createCheckout: no,
      getCheckout: no,
      getPaymentIntent: no,
      readWebhook: () => ({ ok: false, reason: 'bad_signature' }),
    };
  }
  return createStripePayments({
    secretKey: stripe.secretKey,
    webhookSecrets: stripe.webhookSecret.split(','),
    baseUrl: stripe.apiUrl,
    timeoutMs: STRIPE_TIMEOUT_MS,
  });
}

function sms({ twilio }: Config): SmsSender {
  if (twilio.accountSid === undefined || twilio.authToken === undefined || twilio.from === undefined) {
    const no = missing('Twilio (TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM)');
    return {
      vendor: 'twilio',
      send: no,
      findSent: no,
      readStatusCallback: () => ({ ok: false, reason: 'bad_signature' }),
    };
  }
  return createTwilioSms({
    accountSid: twilio.accountSid,
    authToken: twilio.authToken,
    baseUrl: twilio.apiUrl,
    timeoutMs: TWILIO_TIMEOUT_MS,
  });
}

function mail({ mail }: Config): MailSender {
  if (mail.smtpUrl === undefined)
    return { vendor: 'smtp', send: missing('SMTP (SMTP_URL)'), close: () => undefined };
  const url = new URL(mail.smtpUrl);
  const secure = url.protocol === 'smtps:';
  const credentials =
    url.username === ''
      ? undefined
      : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  return createSmtpMail({
    host: url.hostname,
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    credentials,
    timeoutMs: SMTP_TIMEOUT_MS,
  });
}

function acs({ genieacsUrl }: Config): Acs {
  if (genieacsUrl === undefined) {
    const no = missing('GenieACS (GENIEACS_URL)');
    return { vendor: 'genieacs', findDevice: no, getParameters: no, refreshParameters: no, reboot: no };
  }
  return createGenieAcs({
    baseUrl: genieacsUrl,
    timeoutMs: ACS_TIMEOUT_MS,
    connectionRequestMs: ACS_CONNECTION_MS,
  });
}
