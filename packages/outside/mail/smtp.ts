import { createTransport } from 'nodemailer';
import { done, type Outcome } from '../outcome/index.ts';
import type { MailMessage, MailSender } from './port.ts';
import { smtpFailure } from './smtp-failure.ts';

/** The mail server that carries our letters. */
export type SmtpSettings = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (usually port 465); otherwise STARTTLS is used when offered. */
  readonly secure: boolean;
  readonly credentials?: { readonly user: string; readonly password: string } | undefined;
  /** Deadline of one letter, connection to the server's last word. */
  readonly timeoutMs: number;
};

/** The share of the deadline a server may take to accept a connection and to greet. */
const GREETING_SHARE = 0.5;

/** E-mail by SMTP. One connection per letter: a stale pooled connection would make letters ambiguous. */
export function createSmtpMail(settings: SmtpSettings): MailSender {
  const { credentials, timeoutMs } = settings;
  const transport = createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    connectionTimeout: timeoutMs * GREETING_SHARE,
    greetingTimeout: timeoutMs * GREETING_SHARE,
    socketTimeout: timeoutMs,
    // Nothing in a letter may make us read a file or call an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(credentials === undefined ? {} : { auth: { user: credentials.user, pass: credentials.password } }),
  });
  return Object.freeze({
    vendor: 'smtp',
    send: async (message: MailMessage): Promise<Outcome<{ providerRef: string }>> => {
      try {
        const sent = await transport.sendMail({ ...letter(message), signal: AbortSignal.timeout(timeoutMs) });
        return done({ providerRef: sent.messageId });
      } catch (error) {
        return smtpFailure(error);
      }
    },
    close: () => transport.close(),
  });
}

function letter(message: MailMessage) {
  return {
    from: message.from,
    to: message.to,
    subject: message.subject,
    text: message.text,
    messageId: message.messageId,
    headers: { ...message.headers },
    ...(message.html === undefined ? {} : { html: message.html }),
    attachments: (message.attachments ?? []).map(({ filename, contentType, content }) => ({
      filename,
      contentType,
      content,
    })),
  };
}
