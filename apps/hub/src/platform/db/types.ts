// Made from the database by `npm run gigafibre -- db describe`; do not edit.
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

export interface AppRules {
  rule: string;
  from_on: string;
  value: Json;
  law: string;
  added_at: Default<Timestamp>;
  added_by: string;
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

export interface AppShortLinks {
  token_hash: string;
  sealed_path: string;
  created_at: Default<Timestamp>;
  expires_at: Timestamp;
}

export interface BillingCounters {
  series: string;
  last: Int8;
}

export interface BillingCreditNoteLines {
  credit_note_id: string;
  line: number;
  invoice_id: string;
  invoice_line: number;
  quantity: number | null;
  amount_cents: Int8;
  net_cents: Int8;
}

export interface BillingCreditNoteOwnLines {
  credit_note_id: string;
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
  tax_group: Default<string>;
  location_id: string | null;
  subscription_id: string | null;
  subscription_item_id: string | null;
  charge_id: string | null;
}

export interface BillingCreditNoteOwnTaxes {
  credit_note_id: string;
  line: number;
  tax: string;
  province: string;
  tax_group: Default<string>;
  rate_num: Int8;
  rate_den: Int8;
  base_cents: Int8;
  tax_cents: Int8;
}

export interface BillingCreditNoteTaxes {
  credit_note_id: string;
  line: number;
  invoice_id: string;
  invoice_tax_line: number;
  base_cents: Int8;
  tax_cents: Int8;
}

export interface BillingCreditNotes {
  id: string;
  number: Int8;
  invoice_id: string | null;
  customer_id: string;
  kind: string;
  reason: string;
  issued_on: string;
  issued_at: Default<Timestamp>;
  issued_by: string;
  subtotal_cents: Int8;
  tax_cents: Int8;
  total_cents: Int8;
  applied_cents: Int8;
  credit_cents: Int8;
  language: string;
  bill_to: Json;
  service_address: string[];
  company: Json;
  bill_again: Default<boolean>;
}

export interface BillingCreditUses {
  id: GeneratedAlways<bigint>;
  credit_note_id: string;
  document_kind: string;
  document_id: string;
  amount_cents: Int8;
  at: Default<Timestamp>;
}

export interface BillingDisputeOutcomes {
  dispute_id: string;
  outcome: string;
  note: string;
  credit_note_id: string | null;
  closed_at: Default<Timestamp>;
  closed_by: string;
}

export interface BillingDisputes {
  id: Default<string>;
  invoice_id: string;
  customer_id: string;
  amount_cents: Int8;
  reason: string;
  opened_at: Default<Timestamp>;
  opened_by: string;
}

export interface BillingFirstBills {
  subscription_id: string;
  invoice_id: string | null;
  at: Default<Timestamp>;
}

export interface BillingFirstBillsWaiting {
  subscription_id: string;
  since: Default<Timestamp>;
  asked_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
}

export interface BillingInterestAgreements {
  id: GeneratedAlways<bigint>;
  customer_id: string;
  from_on: string;
  yearly_percent: string | null;
  source: string;
  agreed_at: Default<Timestamp>;
  agreed_by: string;
}

export interface BillingInterestPostings {
  overdue_invoice_id: string;
  from_on: string;
  to_on: string;
  principal_cents: Int8;
  interest_cents: Int8;
  invoice_id: string;
  invoice_line: number;
}

export interface BillingInterestWaivers {
  id: GeneratedAlways<bigint>;
  customer_id: string;
  from_on: string;
  to_on: string | null;
  reason: string;
  at: Default<Timestamp>;
  by: string;
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
  tax_group: Default<string>;
}

export interface BillingInvoiceReliefs {
  invoice_id: string;
  line: number;
  exemption_id: string;
  certificate: string;
  tax: string;
  province: string;
  base_cents: Int8;
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
  tax_group: Default<string>;
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
  credited_cents: Default<Int8>;
  written_off_cents: Default<Int8>;
  disputed_cents: Default<Int8>;
  printed: ColumnType<JsonValue | null, string | null | undefined, string | null>;
}

export interface BillingMonthTotals {
  month: string;
  shard: number;
  invoices: Int8;
  total_cents: Int8;
}

export interface BillingNoteUndoings {
  credit_note_id: string;
  invoice_id: string;
  reason: string;
  at: Default<Timestamp>;
  by: string;
}

export interface BillingRecognised {
  month: string;
  document_id: string;
  line: number;
  invoice_id: string | null;
  invoice_line: number | null;
  revenue_account: string;
  cents: Int8;
}

export interface BillingRecognitions {
  month: string;
  id: GeneratedAlways<string>;
  cents: Int8;
  lines: number;
  invoices_to: Int8;
  notes_to: Int8;
  at: Default<Timestamp>;
  by: string;
}

export interface BillingRevenueDays {
  seen_in: string;
  on_date: string;
  revenue_account: string;
  sku: string;
  invoiced_cents: Int8;
  earned_cents: Int8;
}

export interface BillingRunCustomers {
  run_id: string;
  customer_id: string;
  comparison: string;
  total_cents: Int8;
  before_cents: ColumnType<bigint | null, bigint | number | string | null | undefined, bigint | number | string | null>;
  causes: Json;
  fingerprint: string;
  explanation: string | null;
  explained_by: string | null;
  outcome: string | null;
  problem: string | null;
  invoice_id: string | null;
  credit_note_id: string | null;
  reversal: string | null;
  reversal_note_id: string | null;
  explanation_shown: Default<boolean>;
}

export interface BillingRunDocumentParts {
  run_id: string;
  place: number;
  content: Buffer;
  directory: Buffer;
}

export interface BillingRunDocuments {
  run_id: string;
  after_customer: Default<string>;
  made: Default<number>;
  total: number;
  parts: Default<number>;
  content_bytes: Default<Int8>;
  directory_bytes: Default<Int8>;
  started_at: Default<Timestamp>;
  started_by: string;
  finished_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
}

export interface BillingRuns {
  id: Default<string>;
  state: Default<string>;
  through: string;
  issued_on: string | null;
  started_at: Default<Timestamp>;
  started_by: string;
  approved_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  approved_by: string | null;
  finished_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  reason: string | null;
  reversed_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  reversed_by: string | null;
  reversal_reason: string | null;
  done: Default<number>;
  reversed: Default<number>;
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

export interface BillingTaxExemptionEnds {
  exemption_id: string;
  valid_to: string;
  reason: string;
  at: Default<Timestamp>;
  by: string;
}

export interface BillingTaxExemptions {
  id: Default<string>;
  customer_id: string;
  location_id: string | null;
  taxes: string[];
  reason: string;
  certificate: string;
  band: string | null;
  evidence: string;
  valid_from: string;
  valid_to: string | null;
  approved_by: string;
  approved_at: Default<Timestamp>;
}

export interface BillingWriteOffRecoveries {
  id: Default<string>;
  write_off_id: string;
  amount_cents: Int8;
  net_cents: Int8;
  gst_cents: Default<Int8>;
  qst_cents: Default<Int8>;
  hst_cents: Default<Int8>;
  reason: string;
  on_date: string;
  at: Default<Timestamp>;
  by: string;
}

export interface BillingWriteOffs {
  id: Default<string>;
  invoice_id: string;
  customer_id: string;
  amount_cents: Int8;
  net_cents: Int8;
  gst_cents: Default<Int8>;
  qst_cents: Default<Int8>;
  hst_cents: Default<Int8>;
  reason: string;
  on_date: string;
  at: Default<Timestamp>;
  by: string;
}

export interface CatalogBundleParts {
  price_version_id: string;
  part: number;
  sku: string;
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
  segment: Default<string>;
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

export interface ChargesChargedThrough {
  subscription_id: string;
  through: string;
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
  kind: Default<string>;
  detail_fr: string | null;
  detail_en: string | null;
  period_from: string | null;
  period_to: string | null;
  subscription_item_id: string | null;
  cycle_from: string | null;
  credit_note_id: string | null;
}

export interface ChargesCycles {
  item_id: string;
  cycle_from: string;
  cycle_to: string;
  subscription_id: string;
  from_on: string | null;
  to_on: string | null;
  cents: Int8;
  given_cents: Default<Int8>;
  plan: string | null;
}

export interface ChargesMunicipalTaxMonths {
  subscription_id: string;
  month: string;
  phone_lines: number;
}

export interface CollectionsArrangementInvoices {
  arrangement_id: string;
  invoice_id: string;
  amount_cents: Int8;
}

export interface CollectionsArrangements {
  id: Default<string>;
  customer_id: string;
  total_cents: Int8;
  note: Default<string>;
  state: Default<string>;
  made_at: Default<Timestamp>;
  by: string;
  moved_at: Default<Timestamp>;
}

export interface CollectionsCases {
  id: Default<string>;
  customer_id: string;
  opened_on: string;
  opened_at: Default<Timestamp>;
  closed_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  round: Default<number>;
  anchor_due_on: string | null;
  suspended_on: string | null;
  customer_name: string;
  segment: string;
  overdue_cents: Default<Int8>;
  collectible_cents: Default<Int8>;
  oldest_due_on: string | null;
  rung: string | null;
  rung_on: string | null;
  next_rung: string | null;
  next_on: string | null;
  next_why: string | null;
  holds: Default<string[]>;
  proposed: string | null;
  promise_state: string | null;
  arrangement_state: string | null;
  returned_debit: Default<boolean>;
  reviewed_at: Default<Timestamp>;
}

export interface CollectionsHandOffs {
  case_id: string;
  customer_id: string;
  agency: string;
  reference: string | null;
  amount_cents: Int8;
  at: Default<Timestamp>;
  by: string;
  written_off_cents: Default<Int8>;
}

export interface CollectionsHolds {
  id: Default<string>;
  customer_id: string;
  kind: string;
  reason: string;
  until_date: string | null;
  placed_at: Default<Timestamp>;
  placed_by: string;
  released_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  released_by: string | null;
}

export interface CollectionsInstalments {
  arrangement_id: string;
  number: number;
  due_on: string;
  amount_cents: Int8;
}

export interface CollectionsNotes {
  id: GeneratedAlways<bigint>;
  customer_id: string;
  kind: string;
  outcome: string | null;
  note: string;
  at: Default<Timestamp>;
  by: string;
}

export interface CollectionsNoticeMessages {
  message_id: string;
  step_id: string;
  status: string;
  left_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
}

export interface CollectionsNoticeProofs {
  step_id: string;
  how: string;
  on_date: string;
  at: Default<Timestamp>;
  by: string;
}

export interface CollectionsPromises {
  id: Default<string>;
  customer_id: string;
  amount_cents: Int8;
  on_date: string;
  note: Default<string>;
  state: Default<string>;
  made_at: Default<Timestamp>;
  by: string;
  moved_at: Default<Timestamp>;
}

export interface CollectionsProposals {
  id: Default<string>;
  case_id: string;
  customer_id: string;
  rung: string;
  round: number;
  amount_cents: Int8;
  made_at: Default<Timestamp>;
  state: Default<string>;
  decided_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  decided_by: string | null;
  reason: string | null;
}

export interface CollectionsRuns {
  on_date: string;
  after_customer: Default<string>;
  state: Default<string>;
  reviewed: Default<number>;
  started_at: Default<Timestamp>;
}

export interface CollectionsSteps {
  id: Default<string>;
  case_id: string;
  customer_id: string;
  rung: string;
  round: number;
  anchor_due_on: string;
  on_date: string;
  amount_cents: Int8;
  announced_on: string | null;
  at: Default<Timestamp>;
  by: string;
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
  billing_cycle: Default<string>;
}

export interface CustomersSearchTerms {
  customer_id: string;
  kind: string;
  source_id: string;
  term: string;
  shown: string;
}

export interface DispatchArrivalWindows {
  from_time: string;
  to_time: string;
}

export interface DispatchChecklistItems {
  job_id: string;
  item_id: string;
  position: number;
  kind: string;
  label_fr: string;
  label_en: string;
  required: Default<boolean>;
  unit: string | null;
  limits: ColumnType<JsonValue | null, string | null | undefined, string | null>;
  checked: boolean | null;
  text: string | null;
  value: number | null;
  verdict: string | null;
  answered_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  answered_by: string | null;
}

export interface DispatchCompletions {
  job_id: string;
  at: Timestamp;
  received_at: Default<Timestamp>;
  technician_id: string;
  summary: Default<string>;
  materials: Default<Json>;
  overrides: Default<Json>;
}

export interface DispatchConsumables {
  code: string;
  position: number;
  name_fr: string;
  name_en: string;
  unit: string;
  step: number;
  active: Default<boolean>;
}

export interface DispatchFailures {
  id: GeneratedAlways<bigint>;
  job_id: string;
  at: Timestamp;
  technician_id: string;
  reason: string;
  note: Default<string>;
}

export interface DispatchGatePermissions {
  job_id: string;
  gate: string;
  at: Default<Timestamp>;
  actor_id: string | null;
  actor_name: string;
  reason: string;
}

export interface DispatchJobChanges {
  id: GeneratedAlways<bigint>;
  job_id: string;
  at: Timestamp;
  received_at: Default<Timestamp>;
  from_status: string | null;
  to_status: string;
  technician_id: string | null;
  actor_kind: string;
  actor_id: string | null;
  actor_name: string | null;
  reason: string | null;
  applied: Default<boolean>;
}

export interface DispatchJobEquipment {
  job_id: string;
  equipment_id: string;
  how: string;
  at: Timestamp;
  removed_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  actor_id: string | null;
  actor_name: string | null;
}

export interface DispatchJobMaterials {
  job_id: string;
  item: string;
  code: string | null;
  name_fr: string;
  name_en: string;
  unit: string | null;
  quantity: number;
  at: Timestamp;
  received_at: Default<Timestamp>;
  actor_id: string | null;
  actor_name: string | null;
}

export interface DispatchJobNotes {
  note_id: string;
  job_id: string;
  at: Timestamp;
  received_at: Default<Timestamp>;
  actor_id: string | null;
  actor_name: string | null;
  text: string;
}

export interface DispatchJobTypes {
  type: string;
  duration_minutes: number;
  skills: Default<Json>;
  checklist: Default<Json>;
}

export interface DispatchJobs {
  id: Default<string>;
  type: string;
  status: Default<string>;
  priority: Default<number>;
  customer_id: string | null;
  location_id: string | null;
  subscription_ids: Default<string[]>;
  technician_id: string | null;
  starts_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  duration_minutes: number;
  position: Default<number>;
  window_date: string | null;
  window_from: string | null;
  window_to: string | null;
  window_starts_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  window_ends_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  wished_date: string | null;
  wished_from: string | null;
  wished_to: string | null;
  overbooked_because: string | null;
  skills: Default<Json>;
  notes: Default<string>;
  source: string;
  created_at: Default<Timestamp>;
  reported_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  version: Default<number>;
}

export interface DispatchPhotoChunks {
  photo_id: string;
  from_byte: number;
  bytes: Buffer;
}

export interface DispatchPhotos {
  id: string;
  job_id: string;
  checklist_item_id: string | null;
  type: string;
  total_bytes: number;
  received_bytes: Default<number>;
  taken_at: Timestamp;
  received_at: Default<Timestamp>;
  actor_id: string | null;
  actor_name: string | null;
  phase: string | null;
}

export interface DispatchRefusedActions {
  id: GeneratedAlways<bigint>;
  technician_id: string;
  operation: string;
  fingerprint: string;
  at: Timestamp;
  received_at: Default<Timestamp>;
  times: Default<number>;
  job_id: string | null;
  code: string;
  data: Default<Json>;
  input: Json;
  settled_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  settled_by: string | null;
  settled_note: string | null;
}

export interface DispatchSignatures {
  id: GeneratedAlways<bigint>;
  job_id: string;
  name: string;
  at: Timestamp;
  received_at: Default<Timestamp>;
  png: Buffer;
  actor_id: string | null;
  actor_name: string | null;
}

export interface DispatchTechLinks {
  id: string;
  technician_id: string;
  day: string;
  job_id: string | null;
  created_at: Default<Timestamp>;
  created_by: string | null;
  expires_at: Timestamp;
  used_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  revoked_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  revoked_by: string | null;
}

export interface DispatchTechnicians {
  id: Default<string>;
  name: string;
  colour: string;
  phone: string | null;
  language: Default<string>;
  skills: Default<Json>;
  hours: Default<Json>;
  staff_id: string | null;
  active: Default<boolean>;
  created_at: Default<Timestamp>;
  version: Default<number>;
}

export interface FlowsCheckpoints {
  run_id: string;
  phase: string;
  index: number;
  name: string;
  kind: string;
  result: Json;
  signal_id: ColumnType<bigint | null, bigint | number | string | null | undefined, bigint | number | string | null>;
  at: Timestamp;
}

export interface FlowsRuns {
  id: Default<string>;
  flow: string;
  version: number;
  key: string;
  input: Json;
  state: Default<string>;
  started_at: Timestamp;
  started_tx: Default<string>;
  snapshot: Default<string>;
  cluster: Default<string>;
  cause: ColumnType<bigint | null, bigint | number | string | null | undefined, bigint | number | string | null>;
  wake_at: Timestamp;
  revision: Default<number>;
  failures: Default<number>;
  error: string | null;
  wait_name: string | null;
  wait_until: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  wait_event: string | null;
  wait_key: string | null;
  cancel_reason: string | null;
  result: ColumnType<JsonValue | null, string | null | undefined, string | null>;
  ended_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
}

export interface FlowsSignals {
  id: GeneratedAlways<bigint>;
  event: string;
  key: string;
  data: Json;
  at: Timestamp;
  tx: Default<string>;
  cluster: Default<string>;
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

export interface LedgerChecks {
  on_date: string;
  started_at: Default<Timestamp>;
  finished_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  entries: Default<Int8>;
  differences: Default<Json>;
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

export interface MessagesEarlyReports {
  provider_ref: string;
  status: string;
  failure: string | null;
  at: Default<Timestamp>;
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

export interface NetworkOntPositions {
  equipment_id: string;
  olt_id: string;
  if_index: Int8;
  onu_id: number;
  seen_at: Default<Timestamp>;
}

export interface NetworkOpticalLimits {
  system: string;
  valid_from: string;
  overload_dbm: number;
  high_dbm: number;
  low_dbm: number;
  poor_dbm: number;
  out_dbm: number;
  margin_db: number;
}

export interface NetworkReadings {
  id: GeneratedAlways<bigint>;
  reading_id: Default<string>;
  at: Timestamp;
  received_at: Default<Timestamp>;
  source: string;
  equipment_id: string | null;
  location_id: string | null;
  job_id: string | null;
  rx_dbm: number | null;
  tx_dbm: number | null;
  olt_rx_dbm: number | null;
  system: string;
  level: string;
  verdict: string;
  actor_kind: string;
  actor_id: string | null;
  actor_name: string | null;
}

export interface PaymentsAgreements {
  id: Default<string>;
  customer_id: string;
  method_id: string;
  category: string;
  text_version: string;
  language: string;
  proof: Json;
  accepted_at: Default<Timestamp>;
  accepted_by: string;
  usable_from: string;
  ended_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  ended_by: string | null;
  end_reason: string | null;
  printed: ColumnType<JsonValue | null, string | null | undefined, string | null>;
  overdue_invoices: Default<string[]>;
}

export interface PaymentsBankStatements {
  id: Default<string>;
  name: string;
  digest: string;
  from_date: string;
  to_date: string;
  lines: number;
  known: number;
  received_cents: Int8;
  read_at: Default<Timestamp>;
  read_by: string;
}

export interface PaymentsChargebacks {
  id: Default<string>;
  payment_id: string;
  customer_id: string;
  amount_cents: Int8;
  reason: string;
  state: string;
  provider: string;
  provider_ref: string;
  due_by: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  opened_at: Default<Timestamp>;
  moved_at: Default<Timestamp>;
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
  pay_by: Default<string>;
  cart: ColumnType<JsonValue | null, string | null | undefined, string | null>;
}

export interface PaymentsDebitFiles {
  id: Default<string>;
  state: Default<string>;
  sequence: ColumnType<bigint | null, bigint | number | string | null | undefined, bigint | number | string | null>;
  file_number: number | null;
  debit_on: string;
  answer_by: string;
  debits: Default<number>;
  amount_cents: Default<Int8>;
  content_sealed: string | null;
  digest: string | null;
  downloads: Default<number>;
  made_at: Default<Timestamp>;
  made_by: string;
  made_by_id: string | null;
  released_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  released_by: string | null;
  sent_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  sent_by: string | null;
  withdrawn_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
}

export interface PaymentsDebits {
  id: Default<string>;
  customer_id: string;
  method_id: string;
  agreement_id: string | null;
  invoice_id: string | null;
  run_id: string | null;
  amount_cents: Int8;
  cause: string;
  rail: string;
  attempt: number;
  scheduled_on: string;
  state: string;
  idempotency_key: string;
  provider: string;
  provider_ref: string | null;
  code: string | null;
  return_code: string | null;
  returned_on: string | null;
  represents: string | null;
  payment_id: string | null;
  retry_on: string | null;
  window_until: string | null;
  made_at: Default<Timestamp>;
  made_by: string;
  sent_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  moved_at: Default<Timestamp>;
  look_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  file_id: string | null;
  answer_by: string | null;
  looks: Default<number>;
  authorized: ColumnType<JsonValue | null, string | null | undefined, string | null>;
}

export interface PaymentsEarlyWords {
  provider: string;
  event_ref: string;
  payment_ref: string;
  told: Json;
  at: Default<Timestamp>;
}

export interface PaymentsMethods {
  id: Default<string>;
  customer_id: string;
  kind: string;
  provider: string;
  provider_ref: string;
  brand: string | null;
  last4: string | null;
  exp_month: number | null;
  exp_year: number | null;
  institution: string | null;
  transit: string | null;
  mandate_ref: string | null;
  mandate_state: string | null;
  is_default: Default<boolean>;
  saved_at: Default<Timestamp>;
  removed_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  removed_by: string | null;
  account_sealed: string | null;
  payer_name: string | null;
}

export interface PaymentsMonthTotals {
  month: string;
  shard: number;
  payments: Int8;
  amount_cents: Int8;
}

export interface PaymentsMovements {
  provider: string;
  provider_ref: string;
  payout_ref: string;
  type: string;
  source_ref: string | null;
  payment_ref: string | null;
  amount_cents: Int8;
  fee_cents: Int8;
  net_cents: Int8;
  currency: string;
  created_at: Timestamp;
  matched_kind: string | null;
  matched_id: string | null;
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
  balance_after_cents: Int8;
  receipt: ColumnType<JsonValue | null, string | null | undefined, string | null>;
  brand: string | null;
  last4: string | null;
  note: Default<string>;
  by: string;
  withdrawn_cents: Default<Int8>;
}

export interface PaymentsPayoutLooks {
  on_date: string;
  at: Default<Timestamp>;
}

export interface PaymentsPayouts {
  provider: string;
  provider_ref: string;
  state: string;
  amount_cents: Int8;
  currency: string;
  created_at: Timestamp;
  arrives_on: string;
  read_after: string | null;
  read_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  posted_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  reversed_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
}

export interface PaymentsPpaRunLines {
  run_id: string;
  customer_id: string;
  invoice_id: string;
  amount_cents: Int8;
  attempt: number;
}

export interface PaymentsPpaRuns {
  id: Default<string>;
  on_date: string;
  cause: string;
  state: Default<string>;
  after_customer: Default<string>;
  planned: Default<number>;
  planned_cents: Default<Int8>;
  started_at: Default<Timestamp>;
  started_by: string;
}

export interface PaymentsRefunds {
  id: Default<string>;
  payment_id: string | null;
  customer_id: string;
  amount_cents: Int8;
  destination: string;
  state: string;
  reason: string;
  note: Default<string>;
  reference: string | null;
  provider: string | null;
  provider_ref: string | null;
  idempotency_key: string;
  failure: string | null;
  asked_at: Default<Timestamp>;
  asked_by: string;
  asked_by_id: string | null;
  decided_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  decided_by: string | null;
  moved_at: Default<Timestamp>;
  look_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
}

export interface PaymentsReturnedItems {
  file_id: string;
  place: number;
  reference: string;
  debit_id: string | null;
  return_code: string;
  amount_cents: Int8;
  outcome: string;
}

export interface PaymentsReturnsFiles {
  id: Default<string>;
  name: string;
  digest: string;
  items: number;
  amount_cents: Int8;
  read_at: Default<Timestamp>;
  read_by: string;
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

export interface PaymentsStatementLines {
  id: Default<string>;
  statement_id: string;
  place: number;
  on_date: string;
  description: string;
  reference: string | null;
  amount_cents: Int8;
  fingerprint: string;
  state: string;
  kind: string;
  candidates: Default<Json>;
  looked_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  payment_id: string | null;
  customer_id: string | null;
  file_id: string | null;
  decided_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  decided_by: string | null;
  reason: string | null;
  rounds: Default<number>;
}

export interface PaymentsWithdrawals {
  id: GeneratedAlways<bigint>;
  payment_id: string | null;
  customer_id: string;
  kind: string;
  source_id: string;
  amount_cents: Int8;
  on_date: string;
  at: Default<Timestamp>;
}

export interface PlantAddresses {
  id: Default<string>;
  street_id: Int8;
  civic_number: number;
  civic_suffix: Default<string>;
  unit: Default<string>;
  postal_code: string | null;
  latitude: number | null;
  longitude: number | null;
  source: string;
  source_id: string | null;
}

export interface PlantDrawnAddresses {
  address_id: string;
  terminal_id: string;
}

export interface PlantDrops {
  id: Default<string>;
  location_id: string;
  splitter_id: string;
  splitter_port: number;
  terminal_id: string | null;
  terminal_port: number | null;
  vlan: number | null;
  ont_id: number | null;
  state: string;
  reserved_for: string;
  reserved_at: Timestamp;
  activated_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  released_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  release_reason: string | null;
}

export interface PlantLocations {
  id: Default<string>;
  address_id: string | null;
  civic_number: string;
  unit: string | null;
  street: string;
  municipality: string;
  postal_code: string | null;
  latitude: number | null;
  longitude: number | null;
  access_notes: Default<string>;
  contact_name: string | null;
  contact_phone: string | null;
  serviceability: string;
  serviceability_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  legacy_location_id: string | null;
  created_at: Default<Timestamp>;
  version: Default<number>;
}

export interface PlantMunicipalities {
  code: string;
  name: string;
  designation: Default<string>;
  mrc: Default<string>;
  region: Default<string>;
  population: Default<number>;
  key: string;
  latitude: number | null;
  longitude: number | null;
}

export interface PlantOccupancies {
  id: GeneratedAlways<bigint>;
  location_id: string;
  customer_id: string;
  since: Timestamp;
  until: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  source: string;
}

export interface PlantOlts {
  id: Default<string>;
  name: string;
  vendor: string;
  model: string;
  management_address: string;
  site: Default<string>;
  vlan: Default<number>;
  created_at: Default<Timestamp>;
}

export interface PlantPonPorts {
  id: Default<string>;
  olt_id: string;
  frame: Default<number>;
  slot: number;
  port: number;
  if_index: ColumnType<bigint | null, bigint | number | string | null | undefined, bigint | number | string | null>;
}

export interface PlantSplitters {
  id: Default<string>;
  name: string;
  pon_port_id: string;
  ratio: number;
  latitude: number | null;
  longitude: number | null;
  created_at: Default<Timestamp>;
}

export interface PlantStreets {
  id: GeneratedAlways<bigint>;
  municipality_code: string;
  name: string;
  key: string;
  words: string[];
}

export interface PlantTerminals {
  id: Default<string>;
  name: string;
  splitter_id: string;
  ports: number;
  state: Default<string>;
  latitude: number;
  longitude: number;
  created_at: Default<Timestamp>;
}

export interface PlantWords {
  word: string;
  uses: number;
}

export interface PurchasesBillFiles {
  id: Default<string>;
  bill_id: string;
  name: string;
  type: string;
  bytes: Buffer;
  added_at: Default<Timestamp>;
  added_by: string;
}

export interface PurchasesBillLines {
  bill_id: string;
  line: number;
  account: string;
  description: string;
  net_cents: Int8;
  tax: string;
}

export interface PurchasesBills {
  id: Default<string>;
  supplier_id: string;
  number: string;
  number_key: GeneratedAlways<string>;
  state: Default<string>;
  billed_on: string;
  due_on: string;
  net_cents: Int8;
  gst_cents: Int8;
  qst_cents: Int8;
  total_cents: Int8;
  note: Default<string>;
  source: Default<string>;
  read: ColumnType<JsonValue | null, string | null | undefined, string | null>;
  version: Default<number>;
  entered_at: Default<Timestamp>;
  entered_by: string;
  written_by_ids: Default<string[]>;
  booked_on: string | null;
  approved_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  approved_by: string | null;
  payment_id: string | null;
  reversed_on: string | null;
  reversed_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  reversed_by: string | null;
  reversed_reason: string | null;
}

export interface PurchasesPaymentBills {
  payment_id: string;
  bill_id: string;
  amount_cents: Int8;
}

export interface PurchasesPaymentReversals {
  payment_id: string;
  on_date: string;
  reason: string;
  at: Default<Timestamp>;
  by: string;
}

export interface PurchasesPayments {
  id: Default<string>;
  supplier_id: string;
  paid_on: string;
  method: string;
  reference: string | null;
  amount_cents: Int8;
  at: Default<Timestamp>;
  by: string;
}

export interface PurchasesSuppliers {
  id: Default<string>;
  name: string;
  name_key: GeneratedAlways<string>;
  gst_number: string | null;
  qst_number: string | null;
  terms_days: Default<number>;
  expense_account: string | null;
  note: Default<string>;
  version: Default<number>;
  added_at: Default<Timestamp>;
  added_by: string;
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

export interface SalesAcceptanceCodes {
  id: GeneratedAlways<bigint>;
  quote_id: string;
  version: number;
  code_hash: string;
  channel: string;
  masked_destination: string;
  sent_at: Timestamp;
  expires_at: Timestamp;
  attempts: Default<number>;
  used_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
}

export interface SalesAcceptances {
  quote_id: string;
  version: number;
  means: string;
  accepted_at: Timestamp;
  accepted_by: string;
  signer_name: string;
  signature: ColumnType<JsonValue | null, string | null | undefined, string | null>;
  language: string;
  consents: Default<Json>;
  ip_address: string | null;
  device: string | null;
  code_id: ColumnType<bigint | null, bigint | number | string | null | undefined, bigint | number | string | null>;
  document_sha256: string;
  french_presented_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  english_chosen_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  note: Default<string>;
  customer_id: string;
  location_id: string;
  subscription_id: string | null;
  job_id: string | null;
  port_reserved: boolean;
}

export interface SalesContracts {
  quote_id: string;
  sealed_at: Timestamp;
  language: string;
  sha256: string;
  pdf: Buffer;
}

export interface SalesLeads {
  id: Default<string>;
  name: string;
  email: string | null;
  phone: string | null;
  language: string;
  address_id: string | null;
  address_text: string;
  serviceability: string;
  note: Default<string>;
  created_at: Timestamp;
}

export interface SalesQuoteLines {
  quote_id: string;
  version: number;
  line: number;
  sku: string;
  kind: string;
  name_fr: string;
  name_en: string;
  quantity: number;
  price_version_id: string;
  unit_cents: Int8;
  amount_cents: Int8;
  frequency: string;
  tax_treatment: string;
  revenue_account: string;
  download_mbps: number | null;
  upload_mbps: number | null;
}

export interface SalesQuoteSteps {
  id: GeneratedAlways<bigint>;
  quote_id: string;
  version: number;
  at: Timestamp;
  step: string;
  actor: string;
  ip_address: string | null;
  device: string | null;
  detail: string | null;
}

export interface SalesQuoteVersions {
  quote_id: string;
  version: number;
  created_at: Timestamp;
  created_by: string | null;
  customer_id: string | null;
  contact_kind: string;
  contact_name: string;
  contact_language: string;
  contact_email: string | null;
  contact_phone: string | null;
  address_id: string | null;
  location_id: string | null;
  typed_address: ColumnType<JsonValue | null, string | null | undefined, string | null>;
  unit: string | null;
  address_text: string;
  serviceability: string;
  language: string;
  valid_until: string;
  slot_date: string | null;
  slot_from: string | null;
  slot_to: string | null;
  notes: Default<string>;
  priced_on: string;
  totals: Json;
  province: Default<string>;
  term_months: number | null;
  goods_rebate_cents: Default<Int8>;
  interest_percent: string | null;
}

export interface SalesQuotes {
  id: Default<string>;
  status: Default<string>;
  version: Default<number>;
  customer_id: string | null;
  valid_until: string;
  created_at: Default<Timestamp>;
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

export interface StockEquipment {
  id: Default<string>;
  kind: string;
  maker: string | null;
  model: string | null;
  serial: string;
  look_alike: string;
  mac: string | null;
  barcode: string | null;
  status: string;
  place_kind: string;
  place_id: string | null;
  ownership: Default<string>;
  customer_id: string | null;
  location_id: string | null;
  subscription_id: string | null;
  created_at: Default<Timestamp>;
  version: Default<number>;
  search: GeneratedAlways<string | null>;
}

export interface StockMovements {
  id: GeneratedAlways<bigint>;
  equipment_id: string;
  at: Default<Timestamp>;
  kind: string;
  from_kind: string | null;
  from_id: string | null;
  to_kind: string;
  to_id: string | null;
  status: string;
  customer_id: string | null;
  job_id: string | null;
  actor_kind: string;
  actor_id: string | null;
  actor_name: string | null;
  reason: string | null;
}

export interface SubscriptionsActivationTroubles {
  id: GeneratedAlways<bigint>;
  subscription_id: string;
  job_id: string;
  on_date: string;
  refusal: string;
  data: Default<Json>;
  since: Default<Timestamp>;
  settled_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  settled_by: string | null;
}

export interface SubscriptionsAgreedTerms {
  subscription_id: string;
  months: number;
  goods_rebate_cents: Default<Int8>;
  source: string;
  at: Default<Timestamp>;
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
  look_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>;
  looks: Default<number>;
  reason: string | null;
}

export interface SubscriptionsDueChanges {
  subscription_id: string;
  on_date: string;
  what: string;
  reason: string;
  added_by: string;
  items: Default<Json>;
  paused_items: Default<Json>;
  problem: string | null;
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
  starts_on: string | null;
  ends_on: string | null;
  location_id: string | null;
  promise: string | null;
}

export interface SubscriptionsMoves {
  id: GeneratedAlways<bigint>;
  subscription_id: string;
  from_location_id: string;
  to_location_id: string;
  on_date: string;
  equipment: string;
  items: Default<Json>;
  state: Default<string>;
  asked_at: Default<Timestamp>;
  asked_by: string;
}

export interface SubscriptionsNotices {
  id: GeneratedAlways<bigint>;
  subscription_id: string;
  kind: string;
  about: string;
  on_date: string;
  at: Default<Timestamp>;
}

export interface SubscriptionsPauses {
  id: GeneratedAlways<bigint>;
  subscription_id: string;
  reason: string;
  from_on: string;
  until_on: string | null;
  items: Json;
  rest_from: string | null;
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
  command: string | null;
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
  billing_anchor: string | null;
  suspended_for: string | null;
  billed_elsewhere_to: string | null;
  anchors: Default<Json>;
}

export interface SubscriptionsTerms {
  id: GeneratedAlways<bigint>;
  subscription_id: string;
  starts_on: string;
  months: number | null;
  ends_on: string | null;
  goods_rebate_cents: Default<Int8>;
  source: string;
  at: Default<Timestamp>;
}

export interface DB {
  'app.clock': AppClock;
  'app.commands': AppCommands;
  'app.events': AppEvents;
  'app.inbox': AppInbox;
  'app.rate_hits': AppRateHits;
  'app.rules': AppRules;
  'app.secrets': AppSecrets;
  'app.sessions': AppSessions;
  'app.settings': AppSettings;
  'app.short_links': AppShortLinks;
  'billing.counters': BillingCounters;
  'billing.credit_note_lines': BillingCreditNoteLines;
  'billing.credit_note_own_lines': BillingCreditNoteOwnLines;
  'billing.credit_note_own_taxes': BillingCreditNoteOwnTaxes;
  'billing.credit_note_taxes': BillingCreditNoteTaxes;
  'billing.credit_notes': BillingCreditNotes;
  'billing.credit_uses': BillingCreditUses;
  'billing.dispute_outcomes': BillingDisputeOutcomes;
  'billing.disputes': BillingDisputes;
  'billing.first_bills': BillingFirstBills;
  'billing.first_bills_waiting': BillingFirstBillsWaiting;
  'billing.interest_agreements': BillingInterestAgreements;
  'billing.interest_postings': BillingInterestPostings;
  'billing.interest_waivers': BillingInterestWaivers;
  'billing.invoice_lines': BillingInvoiceLines;
  'billing.invoice_reliefs': BillingInvoiceReliefs;
  'billing.invoice_taxes': BillingInvoiceTaxes;
  'billing.invoices': BillingInvoices;
  'billing.month_totals': BillingMonthTotals;
  'billing.note_undoings': BillingNoteUndoings;
  'billing.recognised': BillingRecognised;
  'billing.recognitions': BillingRecognitions;
  'billing.revenue_days': BillingRevenueDays;
  'billing.run_customers': BillingRunCustomers;
  'billing.run_document_parts': BillingRunDocumentParts;
  'billing.run_documents': BillingRunDocuments;
  'billing.runs': BillingRuns;
  'billing.settlements': BillingSettlements;
  'billing.tax_exemption_ends': BillingTaxExemptionEnds;
  'billing.tax_exemptions': BillingTaxExemptions;
  'billing.write_off_recoveries': BillingWriteOffRecoveries;
  'billing.write_offs': BillingWriteOffs;
  'catalog.bundle_parts': CatalogBundleParts;
  'catalog.item_options': CatalogItemOptions;
  'catalog.items': CatalogItems;
  'catalog.price_versions': CatalogPriceVersions;
  'charges.cancellations': ChargesCancellations;
  'charges.charged_through': ChargesChargedThrough;
  'charges.charges': ChargesCharges;
  'charges.cycles': ChargesCycles;
  'charges.municipal_tax_months': ChargesMunicipalTaxMonths;
  'collections.arrangement_invoices': CollectionsArrangementInvoices;
  'collections.arrangements': CollectionsArrangements;
  'collections.cases': CollectionsCases;
  'collections.hand_offs': CollectionsHandOffs;
  'collections.holds': CollectionsHolds;
  'collections.instalments': CollectionsInstalments;
  'collections.notes': CollectionsNotes;
  'collections.notice_messages': CollectionsNoticeMessages;
  'collections.notice_proofs': CollectionsNoticeProofs;
  'collections.promises': CollectionsPromises;
  'collections.proposals': CollectionsProposals;
  'collections.runs': CollectionsRuns;
  'collections.steps': CollectionsSteps;
  'customers.customers': CustomersCustomers;
  'customers.search_terms': CustomersSearchTerms;
  'dispatch.arrival_windows': DispatchArrivalWindows;
  'dispatch.checklist_items': DispatchChecklistItems;
  'dispatch.completions': DispatchCompletions;
  'dispatch.consumables': DispatchConsumables;
  'dispatch.failures': DispatchFailures;
  'dispatch.gate_permissions': DispatchGatePermissions;
  'dispatch.job_changes': DispatchJobChanges;
  'dispatch.job_equipment': DispatchJobEquipment;
  'dispatch.job_materials': DispatchJobMaterials;
  'dispatch.job_notes': DispatchJobNotes;
  'dispatch.job_types': DispatchJobTypes;
  'dispatch.jobs': DispatchJobs;
  'dispatch.photo_chunks': DispatchPhotoChunks;
  'dispatch.photos': DispatchPhotos;
  'dispatch.refused_actions': DispatchRefusedActions;
  'dispatch.signatures': DispatchSignatures;
  'dispatch.tech_links': DispatchTechLinks;
  'dispatch.technicians': DispatchTechnicians;
  'flows.checkpoints': FlowsCheckpoints;
  'flows.runs': FlowsRuns;
  'flows.signals': FlowsSignals;
  'ledger.account_balances': LedgerAccountBalances;
  'ledger.accounts': LedgerAccounts;
  'ledger.checks': LedgerChecks;
  'ledger.customer_balances': LedgerCustomerBalances;
  'ledger.entries': LedgerEntries;
  'ledger.postings': LedgerPostings;
  'messages.early_reports': MessagesEarlyReports;
  'messages.messages': MessagesMessages;
  'messages.suppressions': MessagesSuppressions;
  'network.ont_positions': NetworkOntPositions;
  'network.optical_limits': NetworkOpticalLimits;
  'network.readings': NetworkReadings;
  'payments.agreements': PaymentsAgreements;
  'payments.bank_statements': PaymentsBankStatements;
  'payments.chargebacks': PaymentsChargebacks;
  'payments.checkouts': PaymentsCheckouts;
  'payments.debit_files': PaymentsDebitFiles;
  'payments.debits': PaymentsDebits;
  'payments.early_words': PaymentsEarlyWords;
  'payments.methods': PaymentsMethods;
  'payments.month_totals': PaymentsMonthTotals;
  'payments.movements': PaymentsMovements;
  'payments.payments': PaymentsPayments;
  'payments.payout_looks': PaymentsPayoutLooks;
  'payments.payouts': PaymentsPayouts;
  'payments.ppa_run_lines': PaymentsPpaRunLines;
  'payments.ppa_runs': PaymentsPpaRuns;
  'payments.refunds': PaymentsRefunds;
  'payments.returned_items': PaymentsReturnedItems;
  'payments.returns_files': PaymentsReturnsFiles;
  'payments.reviews': PaymentsReviews;
  'payments.statement_lines': PaymentsStatementLines;
  'payments.withdrawals': PaymentsWithdrawals;
  'plant.addresses': PlantAddresses;
  'plant.drawn_addresses': PlantDrawnAddresses;
  'plant.drops': PlantDrops;
  'plant.locations': PlantLocations;
  'plant.municipalities': PlantMunicipalities;
  'plant.occupancies': PlantOccupancies;
  'plant.olts': PlantOlts;
  'plant.pon_ports': PlantPonPorts;
  'plant.splitters': PlantSplitters;
  'plant.streets': PlantStreets;
  'plant.terminals': PlantTerminals;
  'plant.words': PlantWords;
  'purchases.bill_files': PurchasesBillFiles;
  'purchases.bill_lines': PurchasesBillLines;
  'purchases.bills': PurchasesBills;
  'purchases.payment_bills': PurchasesPaymentBills;
  'purchases.payment_reversals': PurchasesPaymentReversals;
  'purchases.payments': PurchasesPayments;
  'purchases.suppliers': PurchasesSuppliers;
  'radius.nas': RadiusNas;
  'radius.nasreload': RadiusNasreload;
  'radius.radacct': RadiusRadacct;
  'radius.radcheck': RadiusRadcheck;
  'radius.radgroupcheck': RadiusRadgroupcheck;
  'radius.radgroupreply': RadiusRadgroupreply;
  'radius.radpostauth': RadiusRadpostauth;
  'radius.radreply': RadiusRadreply;
  'radius.radusergroup': RadiusRadusergroup;
  'sales.acceptance_codes': SalesAcceptanceCodes;
  'sales.acceptances': SalesAcceptances;
  'sales.contracts': SalesContracts;
  'sales.leads': SalesLeads;
  'sales.quote_lines': SalesQuoteLines;
  'sales.quote_steps': SalesQuoteSteps;
  'sales.quote_versions': SalesQuoteVersions;
  'sales.quotes': SalesQuotes;
  'staff.api_keys': StaffApiKeys;
  'staff.members': StaffMembers;
  'staff.one_time_codes': StaffOneTimeCodes;
  'stock.equipment': StockEquipment;
  'stock.movements': StockMovements;
  'subscriptions.activation_troubles': SubscriptionsActivationTroubles;
  'subscriptions.agreed_terms': SubscriptionsAgreedTerms;
  'subscriptions.desired_states': SubscriptionsDesiredStates;
  'subscriptions.due_changes': SubscriptionsDueChanges;
  'subscriptions.items': SubscriptionsItems;
  'subscriptions.moves': SubscriptionsMoves;
  'subscriptions.notices': SubscriptionsNotices;
  'subscriptions.pauses': SubscriptionsPauses;
  'subscriptions.steps': SubscriptionsSteps;
  'subscriptions.subscriptions': SubscriptionsSubscriptions;
  'subscriptions.terms': SubscriptionsTerms;
}
