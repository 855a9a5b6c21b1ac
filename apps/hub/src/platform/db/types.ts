// Made from the database by `npm run gigafibre -- db types`; do not edit.
import type { ColumnType, GeneratedAlways } from 'kysely';

type Default<T> =
  T extends ColumnType<infer S, infer I, infer U>
    ? ColumnType<S, I | undefined, U>
    : ColumnType<T, T | undefined, T>;
export type Int8 = ColumnType<bigint, bigint | number | string, bigint | number | string>;
type Timestamp = ColumnType<string, Date | string, Date | string>;
type JsonValue =
  string | number | boolean | null | { [key: string]: JsonValue | undefined } | readonly JsonValue[];
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
  cause: ColumnType<
    bigint | null,
    bigint | number | string | null | undefined,
    bigint | number | string | null
  >;
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

export interface DB {
  'app.clock': AppClock;
  'app.commands': AppCommands;
  'app.events': AppEvents;
  'app.inbox': AppInbox;
  'app.rate_hits': AppRateHits;
  'app.secrets': AppSecrets;
  'app.sessions': AppSessions;
  'app.settings': AppSettings;
  'catalog.item_options': CatalogItemOptions;
  'catalog.items': CatalogItems;
  'catalog.price_versions': CatalogPriceVersions;
  'customers.customers': CustomersCustomers;
  'customers.search_terms': CustomersSearchTerms;
  'messages.messages': MessagesMessages;
  'messages.suppressions': MessagesSuppressions;
  'staff.api_keys': StaffApiKeys;
  'staff.members': StaffMembers;
  'staff.one_time_codes': StaffOneTimeCodes;
}
