import type { Outcome } from '../outcome/index.ts';

/** A file sent along. */
export type MailAttachment = {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
};

/** One letter to one person. `messageId` is ours, in angle brackets, so that a repeated send is the same
 * letter to whoever receives it. */
export type MailMessage = {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly attachments?: readonly MailAttachment[] | undefined;
  readonly messageId: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
};

/** Somebody who carries e-mail. */
export type MailSender = {
  /** Lower-case name of the vendor or protocol. */
  readonly vendor: string;
  /** Hands the letter over. Temporary refusals (4xx) are `retry`, permanent ones (5xx) `declined` with the
   * SMTP code, a connection lost after the letter was given is `unknown`. */
  send(message: MailMessage): Promise<Outcome<{ readonly providerRef: string }>>;
  /** Lets go of pooled connections. */
  close(): void;
};
