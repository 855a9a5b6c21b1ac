import { Refusal } from '@gigafibre/contract';
import { broken, done, retry, type Outcome } from '@gigafibre/outside/outcome';
import type { MailAttachment } from '@gigafibre/outside/mail';
import type { Env } from '../../env.ts';
import { attachmentsOf } from './message.ts';
import type { MessageRow } from './store.ts';

/** All documents of one letter together. Base64 adds a third, and many mail servers refuse letters above 20 MB. */
export const ENCLOSED_BYTES_MAX = 10 * 1024 * 1024;
/** A document that cannot be made yet: its contract is being sealed, its invoice is being written. */
const NOT_YET_AFTER_MS = 30_000;

/**
 * Makes the documents a letter encloses, at the moment it is sent. One that cannot be made lets the letter wait and
 * try again; one nobody makes, or too large a lot, is for a person. A letter never leaves without what it announces.
 */
export async function enclose(
  env: Pick<Env, 'documents' | 'log'>,
  row: MessageRow,
): Promise<Outcome<readonly MailAttachment[]>> {
  const enclosed: MailAttachment[] = [];
  let bytes = 0;
  for (const { name, path } of attachmentsOf(row)) {
    const made = await make(env, { name, path });
    if (made.is !== 'done') return made;
    bytes += made.value.content.length;
    if (bytes > ENCLOSED_BYTES_MAX)
      return broken(`${name}: the documents of a letter are limited to ${ENCLOSED_BYTES_MAX} bytes`);
    enclosed.push(made.value);
  }
  return done(enclosed);
}

async function make(
  env: Pick<Env, 'documents' | 'log'>,
  { name, path }: { name: string; path: string },
): Promise<Outcome<MailAttachment>> {
  try {
    const file = await env.documents(path);
    if (file === undefined) return broken(`${name}: no document is made at ${path}`);
    return done({ filename: name, contentType: file.type, content: Buffer.from(file.bytes) });
  } catch (error) {
    // A refusal is an answer (not sealed yet); anything else is our mistake, told once in the log.
    const reason = error instanceof Error ? error.message : String(error);
    if (!(error instanceof Refusal)) env.log.error({ path, err: reason }, 'bug: a document was not made');
    return retry(NOT_YET_AFTER_MS, `${name}: ${reason}`);
  }
}
