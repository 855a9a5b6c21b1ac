import { createGenieAcs, type Acs } from '@gigafibre/outside/acs';
import { createSmtpMail, type MailSender } from '@gigafibre/outside/mail';
import { createHuaweiSnmpOlt, type Olt } from '@gigafibre/outside/olt';
import { broken, type Outcome } from '@gigafibre/outside/outcome';
import { createStripePayments, type PaymentProvider } from '@gigafibre/outside/payments';
import { createTwilioSms, type SmsSender } from '@gigafibre/outside/sms';
import { createLocalVision } from '@gigafibre/outside/vision';
import type { Outside } from './env.ts';
import type { Config } from './platform/config.ts';

/** How long each system is waited for; what a person waits for comes first. */
export const DEADLINES = {
  stripeMs: 15_000,
  twilioMs: 15_000,
  smtpMs: 20_000,
  acsMs: 10_000,
  acsConnectionMs: 6_000,
  oltAnswerMs: 3_000,
  oltMs: 10_000,
} as const;
export type Deadlines = Readonly<Record<keyof typeof DEADLINES, number>>;

/** The outside, and how to let go of its threads and connections. */
export type ConnectedOutside = Readonly<{ outside: Outside; close: () => Promise<void> }>;

/** Chooses the vendor behind each capability from the configuration. What is not configured says so when it is called. */
export function connectOutside(config: Config, deadlines: Deadlines = DEADLINES): ConnectedOutside {
  const vision = createLocalVision();
  const outside = {
    payments: payments(config, deadlines),
    sms: sms(config, deadlines),
    mail: mail(config, deadlines),
    acs: acs(config, deadlines),
    olt: olt(config, deadlines),
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

const olt = ({ oltCommunity }: Config, { oltAnswerMs, oltMs }: Deadlines): Olt =>
  createHuaweiSnmpOlt({
    community: oltCommunity,
    timeoutMs: oltAnswerMs,
    retries: 1,
    deadlineMs: oltMs,
  });

const missing = (what: string) => (): Promise<Outcome<never>> =>
  Promise.resolve(broken(`${what} is not configured`));

function payments({ stripe }: Config, { stripeMs }: Deadlines): PaymentProvider {
  if (stripe.secretKey === undefined || stripe.webhookSecret === undefined) {
    const no = missing('Stripe (STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET)');
    return {
      vendor: 'stripe',
      createCustomer: no,
      createCheckout: no,
      getCheckout: no,
      getPaymentIntent: no,
      createSetup: no,
      getSetup: no,
      openPortal: no,
      forgetMethod: no,
      chargeMethod: no,
      refund: no,
      listPayouts: no,
      listMovements: no,
      readWebhook: () => ({ ok: false, reason: 'bad_signature' }),
    };
  }
  return createStripePayments({
    secretKey: stripe.secretKey,
    webhookSecrets: stripe.webhookSecret.split(','),
    baseUrl: stripe.apiUrl,
    timeoutMs: stripeMs,
  });
}

function sms({ twilio }: Config, { twilioMs }: Deadlines): SmsSender {
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
    timeoutMs: twilioMs,
  });
}

function mail({ mail }: Config, { smtpMs }: Deadlines): MailSender {
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
    timeoutMs: smtpMs,
  });
}

function acs({ genieacsUrl }: Config, { acsMs, acsConnectionMs }: Deadlines): Acs {
  if (genieacsUrl === undefined) {
    const no = missing('GenieACS (GENIEACS_URL)');
    return { vendor: 'genieacs', findDevice: no, getParameters: no, refreshParameters: no, reboot: no };
  }
  return createGenieAcs({
    baseUrl: genieacsUrl,
    timeoutMs: acsMs,
    connectionRequestMs: acsConnectionMs,
  });
}
