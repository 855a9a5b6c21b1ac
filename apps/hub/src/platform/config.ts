import { z } from 'zod';

const environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  GIGAFIBRE_PUBLIC_URL: z.url().optional(),
  /** Addresses of reverse proxies whose forward-auth headers are believed, comma separated. */
  GIGAFIBRE_PROXY_ADDRESSES: z.string().default(''),
  GIGAFIBRE_PROXY_SECRET: z.string().min(16).optional(),
  GIGAFIBRE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  STRIPE_API_URL: z.url().optional(),
  TWILIO_ACCOUNT_SID: z.string().optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_FROM: z.string().optional(),
  TWILIO_API_URL: z.url().optional(),
  SMTP_URL: z.url().optional(),
  MAIL_FROM: z.string().default('Gigafibre <bonjour@gigafibre.example>'),
  GENIEACS_URL: z.url().optional(),
  OLT_SNMP_COMMUNITY: z.string().default('public'),
});

/** Everything the environment decides, read once at start and frozen. */
export type Config = Readonly<{
  databaseUrl: string | undefined;
  publicUrl: string | undefined;
  proxy: Readonly<{ addresses: readonly string[]; secret: string | undefined }>;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  stripe: Readonly<{ secretKey?: string; webhookSecret?: string; apiUrl?: string }>;
  twilio: Readonly<{ accountSid?: string; authToken?: string; from?: string; apiUrl?: string }>;
  mail: Readonly<{ smtpUrl?: string; from: string }>;
  genieacsUrl: string | undefined;
  oltCommunity: string;
}>;

/** Reads and validates the environment; the message of a refusal names the variable. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`Environment variable ${String(issue?.path[0])}: ${issue?.message}`);
  }
  const e = parsed.data;
  return Object.freeze({
    databaseUrl: e.DATABASE_URL,
    publicUrl: e.GIGAFIBRE_PUBLIC_URL?.replace(/\/$/, ''),
    proxy: {
      addresses: e.GIGAFIBRE_PROXY_ADDRESSES.split(',')
        .map((a) => a.trim())
        .filter(Boolean),
      secret: e.GIGAFIBRE_PROXY_SECRET,
    },
    logLevel: e.GIGAFIBRE_LOG_LEVEL,
    stripe: {
      secretKey: e.STRIPE_SECRET_KEY,
      webhookSecret: e.STRIPE_WEBHOOK_SECRET,
      apiUrl: e.STRIPE_API_URL,
    },
    twilio: {
      accountSid: e.TWILIO_ACCOUNT_SID,
      authToken: e.TWILIO_AUTH_TOKEN,
      from: e.TWILIO_FROM,
      apiUrl: e.TWILIO_API_URL,
    },
    mail: { smtpUrl: e.SMTP_URL, from: e.MAIL_FROM },
    genieacsUrl: e.GENIEACS_URL,
    oltCommunity: e.OLT_SNMP_COMMUNITY,
  });
}
