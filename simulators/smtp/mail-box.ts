import PostalMime from 'postal-mime';
import { timedId } from '../kit/random.ts';
import type { SimEnv } from '../kit/sim-env.ts';

/** A letter as it was received and read. */
export type ReceivedMail = {
  readonly id: string;
  readonly receivedAt: Date;
  /** Addresses of the envelope. */
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly messageId: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly ReceivedAttachment[];
};

/** A file that came with a letter. */
export type ReceivedAttachment = {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly base64: string;
};

const MAX_LETTERS = 5_000;

/** Everything received, in order. */
export class MailBox {
  readonly all: ReceivedMail[] = [];
  readonly #env: SimEnv;
  readonly #greylisted = new Set<string>();

  constructor(env: SimEnv) {
    this.#env = env;
  }

  /** Whether this pair is seen for the first time, as grey-listing asks. */
  isNewPair(from: string, to: string): boolean {
    const pair = `${from} ${to}`;
    if (this.#greylisted.has(pair)) return false;
    this.#greylisted.add(pair);
    return true;
  }

  /** Reads and keeps a letter. */
  async keep(raw: Buffer, envelope: { from: string; to: readonly string[] }): Promise<ReceivedMail> {
    const read = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' });
    const letter: ReceivedMail = {
      id: timedId(this.#env.clock, this.#env.random, 20),
      receivedAt: this.#env.clock(),
      from: envelope.from,
      to: envelope.to,
      subject: read.subject ?? '',
      text: read.text ?? '',
      html: read.html ?? null,
      messageId: read.messageId ?? null,
      headers: Object.fromEntries(read.headers.map(({ key, value }) => [key, value])),
      attachments: read.attachments.map(({ filename, mimeType, content }) => {
        const bytes =
          typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content));
        return {
          filename: filename ?? '',
          contentType: mimeType,
          bytes: bytes.length,
          base64: bytes.toString('base64'),
        };
      }),
    };
    this.all.push(letter);
    if (this.all.length > MAX_LETTERS) this.all.shift();
    return letter;
  }

  /** Letters to one address, or all. */
  to(address: string | undefined): readonly ReceivedMail[] {
    if (address === undefined) return this.all;
    const wanted = address.toLowerCase();
    return this.all.filter(({ to }) => to.some((one) => one.toLowerCase() === wanted));
  }
}
