/** Stripe's objects, with the fields that mean something here; constant fields are added when shown. */

export type Metadata = Record<string, string>;

export type Customer = {
  id: string;
  object: 'customer';
  created: number;
  name: string | null;
  email: string | null;
  phone: string | null;
  preferred_locales: string[];
  metadata: Metadata;
  description: string | null;
  invoice_settings: { default_payment_method: string | null };
  livemode: false;
};

export type PaymentMethod = {
  id: string;
  object: 'payment_method';
  created: number;
  customer: string | null;
  livemode: false;
  metadata: Metadata;
} & MethodFacts;

/** What differs by the kind of a method. */
export type MethodFacts =
  | { type: 'card'; card: CardFacts }
  | { type: 'acss_debit'; acss_debit: BankAccountFacts }
  | { type: 'klarna'; klarna: Record<string, never> };
export type CardFacts = {
  brand: string;
  last4: string;
  exp_month: number;
  exp_year: number;
  funding: 'credit';
};
export type BankAccountFacts = {
  bank_name: string;
  institution_number: string;
  transit_number: string;
  last4: string;
  fingerprint: string;
};

export type SetupIntent = {
  id: string;
  object: 'setup_intent';
  created: number;
  customer: string | null;
  payment_method: string | null;
  payment_method_types: string[];
  mandate: string | null;
  status: 'requires_payment_method' | 'succeeded' | 'canceled';
  usage: 'off_session';
  metadata: Metadata;
  livemode: false;
};

export type Mandate = {
  id: string;
  object: 'mandate';
  payment_method: string;
  status: 'active' | 'inactive';
  type: 'multi_use';
  livemode: false;
};

export type Dispute = {
  id: string;
  object: 'dispute';
  created: number;
  amount: number;
  currency: string;
  charge: string;
  payment_intent: string;
  reason: string;
  status: 'needs_response' | 'under_review' | 'won' | 'lost';
  evidence_details: { due_by: number; has_evidence: false; past_due: false; submission_count: 0 };
  metadata: Metadata;
  livemode: false;
};

export type BalanceTransaction = {
  id: string;
  object: 'balance_transaction';
  created: number;
  amount: number;
  fee: number;
  net: number;
  currency: string;
  type: 'charge' | 'payment' | 'refund' | 'refund_failure' | 'adjustment' | 'payout' | 'payout_failure';
  source: string;
  description: string | null;
  /** Which transfer took it to the bank; not shown by the real API, which only filters by it. */
  payout: string | null;
};

export type Payout = {
  id: string;
  object: 'payout';
  created: number;
  arrival_date: number;
  amount: number;
  currency: string;
  status: 'paid' | 'failed';
  automatic: true;
  method: 'standard';
  metadata: Metadata;
  livemode: false;
};

export type LastPaymentError = {
  type: 'card_error';
  code: string;
  decline_code?: string;
  message: string;
};

export type PaymentIntent = {
  id: string;
  object: 'payment_intent';
  created: number;
  amount: number;
  amount_received: number;
  amount_capturable: number;
  currency: string;
  customer: string | null;
  description: string | null;
  metadata: Metadata;
  status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'processing'
    | 'succeeded'
    | 'canceled';
  payment_method: string | null;
  payment_method_types: string[];
  latest_charge: string | null;
  last_payment_error: LastPaymentError | null;
  next_action: { type: 'redirect_to_url'; redirect_to_url: { url: string; return_url: null } } | null;
  client_secret: string;
  setup_future_usage: 'off_session' | 'on_session' | null;
  canceled_at: number | null;
  cancellation_reason: string | null;
  capture_method: 'automatic';
  confirmation_method: 'automatic';
  livemode: false;
};

export type Charge = {
  id: string;
  object: 'charge';
  created: number;
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  currency: string;
  customer: string | null;
  description: string | null;
  metadata: Metadata;
  payment_intent: string;
  payment_method: string;
  payment_method_details: MethodFacts;
  status: 'succeeded' | 'pending' | 'failed';
  paid: boolean;
  captured: boolean;
  refunded: boolean;
  disputed: boolean;
  failure_code: string | null;
  failure_message: string | null;
  livemode: false;
};

export type Refund = {
  id: string;
  object: 'refund';
  created: number;
  amount: number;
  currency: string;
  charge: string;
  payment_intent: string;
  metadata: Metadata;
  reason: string | null;
  status: 'pending' | 'succeeded' | 'failed';
  failure_reason: string | null;
};

export type Session = {
  id: string;
  object: 'checkout.session';
  created: number;
  expires_at: number;
  mode: 'payment' | 'setup';
  ui_mode: 'hosted_page';
  status: 'open' | 'complete' | 'expired';
  payment_status: 'paid' | 'unpaid' | 'no_payment_required';
  /** Null in setup mode. */
  amount_subtotal: number | null;
  amount_total: number | null;
  currency: string;
  customer: string | null;
  customer_email: string | null;
  client_reference_id: string | null;
  metadata: Metadata;
  payment_intent: string | null;
  setup_intent: string | null;
  payment_method_types: string[];
  locale: string | null;
  success_url: string;
  cancel_url: string | null;
  url: string | null;
  livemode: false;
};

export type StripeEvent = {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  type: string;
  data: { object: Record<string, unknown> };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
};
