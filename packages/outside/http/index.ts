/** An HTTP call with a deadline and a limit on what is read. For vendors without a library of their own. */
export type HttpCall = {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Connection to last byte. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
};

/** An answer, whatever its status. */
export type HttpAnswer = {
  readonly ok: true;
  readonly status: number;
  /** The reason phrase, where the connection carries one. */
  readonly reason: string;
  readonly headers: Headers;
  readonly text: string;
};

/** No answer. `sent` tells whether the request may have been carried out. */
export type HttpNoAnswer = { readonly ok: false; readonly sent: boolean; readonly reason: string };

/** Codes of a connection that never carried the request. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Makes the call. Redirects are answers, not followed. */
export async function callHttp(call: HttpCall): Promise<HttpAnswer | HttpNoAnswer> {
  try {
    const response = await fetch(call.url, {
      method: call.method ?? 'GET',
      headers: { ...call.headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(call.timeoutMs),
      ...(call.body === undefined ? {} : { body: call.body }),
    });
    const text = await readText(response, call.maxBytes);
    if (text === null) return { ok: false, sent: true, reason: `answer over ${call.maxBytes} bytes` };
    return {
      ok: true,
      status: response.status,
      reason: response.statusText,
      headers: response.headers,
      text,
    };
  } catch (error) {
    return noAnswer(error);
  }
}

async function readText(response: Response, maxBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // `fetch` types its body for browsers; in Node it is always iterable.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function noAnswer(error: unknown): HttpNoAnswer {
  if (!(error instanceof Error)) throw error;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
  return { ok: false, sent: !NEVER_SENT.has(code), reason: `${code}: ${error.message}` };
}
