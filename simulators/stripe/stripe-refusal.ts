/** An answer that is an error, in Stripe's own shape. Thrown by the API's functions, shown by its server. */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly body: { readonly error: Readonly<Record<string, unknown>> };

  constructor(status: number, error: { type: string; message: string } & Record<string, unknown>) {
    super(error.message);
    this.status = status;
    this.body = { error };
  }
}

/** 400: the request is wrong. `code` and `param` where Stripe gives them. */
export function invalid(message: string, facts: { code?: string; param?: string } = {}): StripeRefusal {
  return new StripeRefusal(400, { type: 'invalid_request_error', message, ...facts });
}

/** 404: no such object. */
export function missing(object: string, id: string, param = 'id'): StripeRefusal {
  const message = `No such ${object}: '${id}'`;
  return new StripeRefusal(404, { type: 'invalid_request_error', code: 'resource_missing', message, param });
}
