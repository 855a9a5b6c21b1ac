// Made from the database by `npm run gigafibre -- db types`; do not edit.
import type { ColumnType, GeneratedAlways } from 'kysely';

type Default<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;
export type Int8 = ColumnType<bigint, bigint | number | string, bigint | number | string>;
type Timestamp = ColumnType<string, Date | string, Date | string>;
type JsonValue = string | number | boolean | null | { [key: string]: JsonValue | undefined } | readonly JsonValue[];
type Json = ColumnType<JsonValue, string, string>;

export interface AppClock {
  single: Default<boolean>;
  stands_at: Timestamp;
}

export interface AppCommands {
  actor: string;
  command_id: string;
  operation: string;
  input_hash: string;
  at: Default<Timestamp>;
  result: ColumnType<JsonValue | null, string | null | undefined, string | null>;
}

export interface AppEvents {
  id: GeneratedAlways<bigint>;
  tx: Default<string>;
  at: Default<Timestamp>;
  type: string;
  subject_kind: string;
  subject_id: string;
  customer_id: string | null;
  technician_id: string | null;
  actor_kind: string;
  actor_id: string | null;
  actor_name: string | null;
  on_behalf_of: string | null;
  request_id: string | null;
  cause: ColumnType<bigint | null, bigint | number | string | null | undefined, bigint | number | string | null>;
  data: Default<Json>;
  changes: Default<Json>;
}

export interface AppInbox {
  vendor: string;
  vendor_id: string;
  kind: string;
  at: Default<Timestamp>;
  payload: Json;
  handled_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  outcome: string | null;
}

export interface AppRateHits {
  key: string;
  hits: Timestamp[];
  refused: Default<boolean>;
  latest: Timestamp;
}

export interface AppSecrets {
  name: string;
  value: string;
  created_at: Default<Timestamp>;
}

export interface AppSessions {
  token_hash: string;
  actor_kind: string;
  actor_id: string;
  on_behalf_of: string | null;
  opened_by: string;
  created_at: Default<Timestamp>;
  expires_at: Timestamp;
  ended_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  address: string | null;
  device: string | null;
  scope: Default<Json>;
}

export interface AppSettings {
  id: GeneratedAlways<bigint>;
  name: string;
  value: Json;
  at: Default<Timestamp>;
  actor: string;
}

export interface BillingCounters {
  series: string;
  last: Int8;
}

export interface BillingFirstBills {
  subscription_id: string;
  invoice_id: string | null;
  at: Default<Timestamp>;
}

export interface BillingInvoiceLines {
  invoice_id: string;
  line: number;
  kind: string;
  sku: string | null;
  description_fr: string;
  description_en: string;
  detail_fr: string | null;
  detail_en: string | null;
  period_from: string | null;
  period_to: string | null;
  quantity: number;
  unit_price_cents: Int8;
  amount_cents: Int8;
  net_cents: Int8;
  tax_treatment: string;
  revenue_account: string;
  in_advance: boolean;
  province: string;
  location_id: string | null;
  subscription_id: string | null;
  subscription_item_id: string | null;
  charge_id: string | null;
}

export interface BillingInvoiceTaxes {
  invoice_id: string;
  line: number;
  tax: string;
  province: string;
  rate_num: Int8;
  rate_den: Int8;
  base_cents: Int8;
  tax_cents: Int8;
}

export interface BillingInvoices {
  id: string;
  number: Int8;
  customer_id: string;
  reason: string;
  issued_on: string;
  due_on: string;
  issued_at: Default<Timestamp>;
  issued_by: string;
  subtotal_cents: Int8;
  tax_cents: Int8;
  total_cents: Int8;
  settled_cents: Default<Int8>;
  outstanding_cents: GeneratedAlways<bigint>;
  language: string;
  bill_to: Json;
  service_address: string[];
  company: Json;
  previous_balance_cents: Int8;
  account_since: Json;
  amount_due_cents: Int8;
}

export interface BillingSettlements {
  id: GeneratedAlways<bigint>;
  invoice_id: string;
  customer_id: string;
  source_kind: string;
  source_id: string;
  amount_cents: Int8;
  on_date: string;
  at: Default<Timestamp>;
}

export interface CatalogItemOptions {
  plan_sku: string;
  option_sku: string;
}

export interface CatalogItems {
  sku: string;
  name_fr: string;
  name_en: string;
  description_fr: Default<string>;
  description_en: Default<string>;
  kind: string;
  frequency: string;
  tax_treatment: Default<string>;
  revenue_account: string;
  download_mbps: number | null;
  upload_mbps: number | null;
  olt_profile: string | null;
  radius_profile: string | null;
  legacy_product_id: string | null;
  on_sale: Default<boolean>;
  created_at: Default<Timestamp>;
  version: Default<number>;
}

export interface CatalogPriceVersions {
  id: Default<string>;
  sku: string;
  price_cents: Int8;
  valid_from: string;
  created_at: Default<Timestamp>;
}

export interface ChargesCancellations {
  charge_id: string;
  at: Default<Timestamp>;
  by: string;
  reason: string;
}

export interface ChargesCharges {
  id: Default<string>;
  customer_id: string;
  location_id: string | null;
  subscription_id: string | null;
  sku: string;
  description_fr: string;
  description_en: string;
  quantity: number;
  unit_price_cents: Int8;
  amount_cents: Int8;
  tax_treatment: string;
  revenue_account: string;
  source: string;
  added_at: Default<Timestamp>;
  added_by: string;
  state: Default<string>;
  invoice_id: string | null;
}

export interface CustomersCustomers {
  id: Default<string>;
  kind: string;
  name: string;
  language: string;
  status: Default<string>;
  email_id: string | null;
  email_billing: string | null;
  cell_phone: string | null;
  tel_home: string | null;
  notes: Default<string>;
  tags: Default<string[]>;
  stripe_id: string | null;
  legacy_account_id: string | null;
  legacy_customer_id: string | null;
  billing_day: Default<number>;
  created_at: Default<Timestamp>;
  version: Default<number>;
}

export interface CustomersSearchTerms {
  customer_id: string;
  kind: string;
  source_id: string;
  term: string;
  shown: string;
}

export interface LedgerAccountBalances {
  account: string;
  month: string;
  shard: number;
  debit_cents: Int8;
  credit_cents: Int8;
}

export interface LedgerAccounts {
  number: string;
  name_fr: string;
  name_en: string;
  kind: string;
  normal: string;
  per_customer: Default<boolean>;
}

export interface LedgerCustomerBalances {
  customer_id: string;
  account: string;
  balance_cents: Int8;
}

export interface LedgerEntries {
  id: GeneratedAlways<bigint>;
  tx: Default<string>;
  on_date: string;
  document_kind: string;
  document_id: string;
  memo: string;
  currency: Default<string>;
  total_cents: Int8;
  posted_at: Default<Timestamp>;
  actor_kind: string;
  actor_id: string | null;
}

export interface LedgerPostings {
  entry_id: Int8;
  line: number;
  account: string;
  customer_id: string | null;
  debit_cents: Int8;
  credit_cents: Int8;
}

export interface MessagesMessages {
  id: Default<string>;
  channel: string;
  purpose: string;
  customer_id: string | null;
  to_address: string;
  language: string;
  template: string;
  subject: string | null;
  body_text: string;
  body_html: string | null;
  attachments: Default<Json>;
  status: string;
  secret: Default<boolean>;
  idempotency_key: string;
  attempts: Default<number>;
  next_attempt_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  provider_ref: string | null;
  failure: string | null;
  created_at: Default<Timestamp>;
  sent_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  moved_at: Default<Timestamp>;
}

export interface MessagesSuppressions {
  channel: string;
  address: string;
  reason: string;
  at: Default<Timestamp>;
}

export interface PaymentsCheckouts {
  id: Default<string>;
  customer_id: string;
  invoice_id: string | null;
  amount_cents: Int8;
  currency: Default<string>;
  provider: string;
  idempotency_key: string;
  request: Json;
  state: Default<string>;
  provider_session: string | null;
  url: string | null;
  expires_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  failure: string | null;
  payment_id: string | null;
  started_at: Default<Timestamp>;
  started_by: string;
  look_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  looks: Default<number>;
}

export interface PaymentsPayments {
  id: Default<string>;
  customer_id: string;
  method: string;
  amount_cents: Int8;
  currency: Default<string>;
  rounding_cents: Default<Int8>;
  credit_cents: Int8;
  provider: string | null;
  provider_ref: string | null;
  reference: string | null;
  checkout_id: string | null;
  received_on: string;
  received_at: Default<Timestamp>;
  brand: string | null;
  last4: string | null;
  note: Default<string>;
  by: string;
}

export interface PaymentsReviews {
  id: Default<string>;
  kind: string;
  provider: string;
  provider_ref: string;
  payment_ref: string | null;
  customer_id: string | null;
  payment_id: string | null;
  checkout_id: string | null;
  amount_cents: Int8;
  currency: string;
  at: Default<Timestamp>;
  resolved_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  resolved_by: string | null;
  resolution: string | null;
}

export interface RadiusNas {
  id: Default<number>;
  nasname: string;
  shortname: string;
  type: Default<string>;
  ports: number | null;
  secret: string;
  server: string | null;
  community: string | null;
  description: string | null;
}

export interface RadiusNasreload {
  nasipaddress: string;
  reloadtime: Timestamp;
}

export interface RadiusRadacct {
  radacctid: Default<Int8>;
  acctsessionid: string;
  acctuniqueid: string;
  username: string | null;
  realm: string | null;
  nasipaddress: string;
  nasportid: string | null;
  nasporttype: string | null;
  acctstarttime: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  acctupdatetime: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  acctstoptime: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  acctinterval: ColumnType<bigint | null, bigint | number | string | null | undefined, bigint | number | string | null>;
  acctsessiontime: ColumnType<bigint | null, bigint | number | string | null | undefined, bigint | number | string | null>;
  acctauthentic: string | null;
  connectinfo_start: string | null;
  connectinfo_stop: string | null;
  acctinputoctets: ColumnType<bigint | null, bigint | number | string | null | undefined, bigint | number | string | null>;
  acctoutputoctets: ColumnType<bigint | null, bigint | number | string | null | undefined, bigint | number | string | null>;
  calledstationid: string | null;
  callingstationid: string | null;
  acctterminatecause: string | null;
  servicetype: string | null;
  framedprotocol: string | null;
  framedipaddress: string | null;
  framedipv6address: string | null;
  framedipv6prefix: string | null;
  framedinterfaceid: string | null;
  delegatedipv6prefix: string | null;
  class: string | null;
}

export interface RadiusRadcheck {
  id: Default<number>;
  username: Default<string>;
  attribute: Default<string>;
  op: Default<string>;
  value: Default<string>;
}

export interface RadiusRadgroupcheck {
  id: Default<number>;
  groupname: Default<string>;
  attribute: Default<string>;
  op: Default<string>;
  value: Default<string>;
}

export interface RadiusRadgroupreply {
  id: Default<number>;
  groupname: Default<string>;
  attribute: Default<string>;
  op: Default<string>;
  value: Default<string>;
}

export interface RadiusRadpostauth {
  id: Default<Int8>;
  username: string;
  pass: string | null;
  reply: string | null;
  calledstationid: string | null;
  callingstationid: string | null;
  authdate: Default<Timestamp>;
  class: string | null;
}

export interface RadiusRadreply {
  id: Default<number>;
  username: Default<string>;
  attribute: Default<string>;
  op: Default<string>;
  value: Default<string>;
}

export interface RadiusRadusergroup {
  id: Default<number>;
  username: Default<string>;
  groupname: Default<string>;
  priority: Default<number>;
}

export interface StaffApiKeys {
  key: string;
  secret_hash: string;
  label: string;
  capabilities: string[];
  created_by: string | null;
  created_at: Default<Timestamp>;
  last_used_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  revoked_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
}

export interface StaffMembers {
  id: Default<string>;
  name: string;
  email: string;
  role: string;
  language: Default<string>;
  active: Default<boolean>;
  deactivated_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  last_seen_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  created_at: Default<Timestamp>;
}

export interface StaffOneTimeCodes {
  id: GeneratedAlways<bigint>;
  member_id: string;
  code_hash: string;
  expires_at: Timestamp;
  attempts: Default<number>;
  used_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
}

export interface SubscriptionsDesiredStates {
  subscription_id: string;
  target: string;
  desired: Json;
  desired_at: Default<Timestamp>;
  actual: ColumnType<JsonValue | null, string | null | undefined, string | null>;
  seen_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  state: Default<string>;
  since: Default<Timestamp>;
}

export interface SubscriptionsItems {
  id: Default<string>;
  subscription_id: string;
  line: number;
  sku: string;
  price_version_id: string;
  price_cents: Int8;
  name_fr: string;
  name_en: string;
  kind: string;
  frequency: string;
  tax_treatment: string;
  revenue_account: string;
  download_mbps: number | null;
  upload_mbps: number | null;
  olt_profile: string | null;
  radius_profile: string | null;
}

export interface SubscriptionsSteps {
  id: GeneratedAlways<bigint>;
  subscription_id: string;
  at: Default<Timestamp>;
  from_status: string | null;
  to_status: string;
  on_date: string;
  reason: string | null;
  by: string;
}

export interface SubscriptionsSubscriptions {
  id: Default<string>;
  customer_id: string;
  location_id: string;
  status: Default<string>;
  source: string;
  opened_at: Default<Timestamp>;
  activated_on: string | null;
  cancelled_on: string | null;
  equipment_id: string | null;
  radius_user: string | null;
  radius_password_sealed: string | null;
  legacy_service_id: string | null;
}

export interface DB {
  'app.clock': AppClock;
  'app.commands': AppCommands;
  'app.events': AppEvents;
  'app.inbox': AppInbox;
  'app.rate_hits': AppRateHits;
  'app.secrets': AppSecrets;
  'app.sessions': AppSessions;
  'app.settings': AppSettings;
  'billing.counters': BillingCounters;
  'billing.first_bills': BillingFirstBills;
  'billing.invoice_lines': BillingInvoiceLines;
  'billing.invoice_taxes': BillingInvoiceTaxes;
  'billing.invoices': BillingInvoices;
  'billing.settlements': BillingSettlements;
  'catalog.item_options': CatalogItemOptions;
  'catalog.items': CatalogItems;
  'catalog.price_versions': CatalogPriceVersions;
  'charges.cancellations': ChargesCancellations;
  'charges.charges': ChargesCharges;
  'customers.customers': CustomersCustomers;
  'customers.search_terms': CustomersSearchTerms;
  'ledger.account_balances': LedgerAccountBalances;
  'ledger.accounts': LedgerAccounts;
  'ledger.customer_balances': LedgerCustomerBalances;
  'ledger.entries': LedgerEntries;
  'ledger.postings': LedgerPostings;
  'messages.messages': MessagesMessages;
  'messages.suppressions': MessagesSuppressions;
  'payments.checkouts': PaymentsCheckouts;
  'payments.payments': PaymentsPayments;
  'payments.reviews': PaymentsReviews;
  'radius.nas': RadiusNas;
  'radius.nasreload': RadiusNasreload;
  'radius.radacct': RadiusRadacct;
  'radius.radcheck': RadiusRadcheck;
  'radius.radgroupcheck': RadiusRadgroupcheck;
  'radius.radgroupreply': RadiusRadgroupreply;
  'radius.radpostauth': RadiusRadpostauth;
  'radius.radreply': RadiusRadreply;
  'radius.radusergroup': RadiusRadusergroup;
  'staff.api_keys': StaffApiKeys;
  'staff.members': StaffMembers;
  'staff.one_time_codes': StaffOneTimeCodes;
  'subscriptions.desired_states': SubscriptionsDesiredStates;
  'subscriptions.items': SubscriptionsItems;
  'subscriptions.steps': SubscriptionsSteps;
  'subscriptions.subscriptions': SubscriptionsSubscriptions;
}
