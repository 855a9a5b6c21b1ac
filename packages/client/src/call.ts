import type { InputOf, Operation, OutputOf, RefusalData } from '@gigafibre/contract';

/** Which app calls; decides which session cookie the hub looks at. */
export type App = 'ops' | 'field' | 'portal';

export type ClientOptions = Readonly<{
  baseUrl?: string;
  app: App;
  language: () => 'fr' | 'en';
  fetch?: typeof fetch;
}>;

/** The hub said no: a contract code, its data, and the words for a person. */
export class CallRefused extends Error {
  readonly code: string;
  readonly data: RefusalData;
  readonly status: number;
  readonly requestId: string | null;
  constructor(refused: {
    code: string;
    message: string;
    data: RefusalData;
    status: number;
    requestId: string | null;
  }) {
    super(refused.message);
    this.name = 'CallRefused';
    this.code = refused.code;
    this.data = refused.data;
    this.status = refused.status;
    this.requestId = refused.requestId;
  }
}

/** No answer came: no network, or too late. The command may or may not have been carried out. */
export class NoAnswer extends Error {
  constructor(options?: ErrorOptions) {
    super('no answer', options);
    this.name = 'NoAnswer';
  }
}

export type CallOptions = Readonly<{ commandId?: string; signal?: AbortSignal }>;

/** Calls operations of the contract, typed both ways. */
export type Client = Readonly<{
  call: <Op extends Operation>(
    operation: Op,
    input: InputOf<Op>,
    options?: CallOptions,
  ) => Promise<OutputOf<Op>>;
  /** Address of an operation that answers with a document, to open or link. */
  urlOf: <Op extends Operation>(operation: Op, input: InputOf<Op>) => string;
}>;

const TIMEOUT_MS = 20_000;

/** Makes a client. Each command gets an id of its own, so a repeated send is harmless. */
export function createClient(options: ClientOptions): Client {
  return {
    call: (operation, input, how) => call(options, { operation, input, how: how ?? {} }),
    urlOf: (operation, input) =>
      addressOf(options, operation, { ...(input as Record<string, unknown>), app: options.app }).url,
  };
}

type Calling<Op extends Operation> = Readonly<{ operation: Op; input: InputOf<Op>; how: CallOptions }>;

async function call<Op extends Operation>(
  options: ClientOptions,
  { operation, input, how }: Calling<Op>,
): Promise<OutputOf<Op>> {
  const { url, body } = addressOf(options, operation, input as Record<string, unknown>);
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': options.language(),
    'x-gigafibre-app': options.app,
  };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (operation.kind === 'command') headers['idempotency-key'] = how.commandId ?? crypto.randomUUID();
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = how.signal ? AbortSignal.any([how.signal, timeout]) : timeout;
  const send = options.fetch ?? fetch;
  const init = {
    method: operation.method,
    headers,
    signal,
    credentials: 'same-origin' as const,
    ...(body === undefined ? {} : { body }),
  };
  const response = await send(url, init).catch((cause: unknown) => {
    throw new NoAnswer({ cause });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return operation.output.parse(answer) as OutputOf<Op>; // the operation's own schema
  throw refusedBy(response, answer);
}

function addressOf(
  options: ClientOptions,
  operation: Operation,
  input: Record<string, unknown>,
): { url: string; body: string | undefined } {
  const rest = { ...input };
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  const base = `${options.baseUrl ?? ''}${path}`;
  if (operation.method !== 'GET') return { url: base, body: JSON.stringify(rest) };
  const query = new URLSearchParams(
    Object.entries(rest).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, String(value)]],
    ),
  );
  return { url: query.size > 0 ? `${base}?${query.toString()}` : base, body: undefined };
}

function refusedBy(response: Response, answer: unknown): CallRefused | NoAnswer {
  const error =
    typeof answer === 'object' && answer !== null && 'error' in answer
      ? (answer.error as Record<string, unknown>)
      : undefined;
  // A gateway in between answered, not the hub: as good as no answer.
  if (error === undefined) return new NoAnswer();
  return new CallRefused({
    code: String(error['code']),
    message: String(error['message']),
    data: (error['data'] ?? {}) as RefusalData,
    status: response.status,
    requestId: typeof error['requestId'] === 'string' ? error['requestId'] : null,
  });
}
