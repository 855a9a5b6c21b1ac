import type { IconName } from '../icons/icons.ts';

/** How a state feels: four statuses, and `active` (the accent) for what is going on right now. */
export type Tone = 'ok' | 'warn' | 'bad' | 'neutral' | 'active';
export type StateLook = readonly [tone: Tone, icon: IconName];

/** Every state a noun can be in, with its look; the words are in the messages under `states`. */
export const STATES = {
  customer: {
    prospect: ['neutral', 'circle'],
    active: ['ok', 'check-circle'],
    suspended: ['warn', 'pause'],
    terminated: ['neutral', 'ban'],
  },
  subscription: {
    pending: ['neutral', 'clock'],
    active: ['ok', 'check-circle'],
    suspended: ['warn', 'pause'],
    cancelled: ['neutral', 'ban'],
  },
  supplier_bill: {
    draft: ['neutral', 'pencil'],
    approved: ['active', 'check'],
    overdue: ['bad', 'alert'],
    paid: ['ok', 'check-circle'],
    reversed: ['neutral', 'undo'],
  },
  quote: {
    draft: ['neutral', 'pencil'],
    sent: ['active', 'send'],
    accepted: ['ok', 'check-circle'],
    expired: ['warn', 'clock'],
    superseded: ['neutral', 'refresh'],
    declined: ['bad', 'ban'],
  },
  invoice: {
    draft: ['neutral', 'pencil'],
    issued: ['neutral', 'receipt'],
    partly_paid: ['warn', 'circle'],
    paid: ['ok', 'check-circle'],
    overdue: ['bad', 'alert'],
    disputed: ['warn', 'message'],
    void: ['neutral', 'ban'],
    credited: ['neutral', 'refresh'],
    written_off: ['warn', 'ban'],
  },
  billing_run: {
    counting: ['active', 'clock'],
    counted: ['warn', 'pause'],
    issuing: ['active', 'send'],
    issued: ['ok', 'check-circle'],
    abandoned: ['neutral', 'ban'],
    reversing: ['active', 'undo'],
    reversed: ['neutral', 'undo'],
  },
  comparison: {
    same: ['neutral', 'check-circle'],
    differs: ['active', 'refresh'],
    unexplained: ['bad', 'alert'],
    explained: ['ok', 'message'],
  },
  run_outcome: {
    invoiced: ['ok', 'receipt'],
    credited: ['ok', 'undo'],
    nothing: ['neutral', 'circle'],
    credit_waits: ['warn', 'clock'],
    changed: ['warn', 'refresh'],
    failed: ['bad', 'alert'],
  },
  run_reversal: {
    credited: ['ok', 'undo'],
    paid: ['warn', 'pause'],
    disputed: ['warn', 'message'],
    credited_before: ['neutral', 'pause'],
    written_off: ['warn', 'ban'],
    credit_note: ['neutral', 'receipt'],
    undone: ['ok', 'check-circle'],
    credit_used: ['warn', 'receipt'],
    nothing: ['neutral', 'circle'],
    failed: ['bad', 'alert'],
  },
  payment: {
    succeeded: ['ok', 'check-circle'],
    processing: ['active', 'clock'],
    failed: ['bad', 'alert'],
    refunded: ['neutral', 'undo'],
  },
  refund: {
    awaiting_approval: ['warn', 'pause'],
    rejected: ['neutral', 'ban'],
    sending: ['active', 'send'],
    pending: ['active', 'clock'],
    succeeded: ['ok', 'check-circle'],
    failed: ['bad', 'alert'],
  },
  chargeback: {
    needs_response: ['bad', 'alert'],
    under_review: ['active', 'clock'],
    won: ['ok', 'check-circle'],
    lost: ['bad', 'ban'],
    closed: ['neutral', 'circle'],
  },
  debit: {
    planned: ['neutral', 'calendar'],
    sending: ['active', 'send'],
    sent: ['active', 'clock'],
    succeeded: ['ok', 'check-circle'],
    in_window: ['warn', 'clock'],
    settled: ['ok', 'check'],
    declined: ['bad', 'alert'],
    returned: ['bad', 'undo'],
    cancelled: ['neutral', 'ban'],
  },
  debitFile: {
    made: ['warn', 'pause'],
    released: ['active', 'lock'],
    sent: ['ok', 'send'],
    withdrawn: ['neutral', 'undo'],
  },
  statementLine: {
    waiting: ['warn', 'clock'],
    matched: ['ok', 'check-circle'],
    ignored: ['neutral', 'ban'],
    other: ['neutral', 'circle'],
  },
  dispute: {
    open: ['warn', 'message'],
    credited: ['ok', 'check-circle'],
    upheld: ['neutral', 'ban'],
  },
  payout: {
    pending: ['neutral', 'clock'],
    in_transit: ['active', 'truck'],
    paid: ['ok', 'check-circle'],
    failed: ['bad', 'alert'],
    canceled: ['neutral', 'ban'],
  },
  item: {
    on_sale: ['ok', 'check-circle'],
    retired: ['neutral', 'ban'],
  },
  ppa: {
    on: ['ok', 'check-circle'],
    off: ['neutral', 'pause'],
  },
  job: {
    unscheduled: ['warn', 'calendar'],
    draft: ['neutral', 'pencil'],
    published: ['neutral', 'calendar'],
    offered: ['neutral', 'send'],
    accepted: ['neutral', 'check'],
    en_route: ['active', 'truck'],
    on_site: ['active', 'wrench'],
    paused: ['warn', 'pause'],
    completed: ['ok', 'check-circle'],
    cannot_complete: ['bad', 'alert'],
    cancelled: ['neutral', 'ban'],
  },
  equipment: {
    in_stock: ['neutral', 'box'],
    in_van: ['neutral', 'truck'],
    installed: ['ok', 'check-circle'],
    returned: ['neutral', 'undo'],
    defective: ['bad', 'alert'],
    lost: ['bad', 'search'],
    retired: ['neutral', 'ban'],
  },
  message: {
    held: ['warn', 'pause'],
    queued: ['neutral', 'clock'],
    sending: ['active', 'send'],
    sent: ['active', 'send'],
    delivered: ['ok', 'check-circle'],
    failed: ['bad', 'alert'],
    unknown: ['warn', 'alert'],
    suppressed: ['neutral', 'ban'],
  },
  checkout: {
    open: ['neutral', 'card'],
    processing: ['active', 'clock'],
    paid: ['ok', 'check-circle'],
    expired: ['warn', 'clock'],
    failed: ['bad', 'alert'],
  },
  serviceability: {
    serviceable: ['ok', 'check-circle'],
    construction: ['warn', 'wrench'],
    survey: ['warn', 'search'],
    not_serviceable: ['bad', 'ban'],
  },
  provisioning: {
    waiting: ['active', 'clock'],
    agrees: ['ok', 'check-circle'],
    drifts: ['bad', 'alert'],
  },
} as const satisfies Record<string, Record<string, StateLook>>;

export type StateNoun = keyof typeof STATES;

const UNKNOWN_LOOK: StateLook = ['neutral', 'circle'];

/** The look of a state; a state newer than this app is shown plainly. */
export function stateLook(noun: StateNoun, state: string): StateLook {
  const looks: Record<string, StateLook> = STATES[noun];
  return looks[state] ?? UNKNOWN_LOOK;
}

/** Whether the words for the state are in the messages. */
export function isKnownState(noun: StateNoun, state: string): boolean {
  return Object.hasOwn(STATES[noun], state);
}
