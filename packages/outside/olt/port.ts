import type { Outcome } from '../outcome/index.ts';

/** Why an ONT last went down, where the OLT says so. */
export type DownCause =
  | 'loss_of_signal'
  | 'loss_of_frame'
  | 'signal_fail'
  | 'loss_of_acknowledge'
  | 'loss_of_management'
  | 'loss_of_key_sync'
  | 'deactivated'
  | 'reset'
  | 're_registered'
  | 'popup_fail'
  | 'dying_gasp';

/** An ONT as its OLT sees it now. Levels in dBm, null when the OLT has no believable reading. */
export type OntReading = {
  readonly serial: string;
  /** The PON port: interface index, and its place as the trade writes it (`frame/slot/port`). */
  readonly ifIndex: number;
  readonly port: string | null;
  readonly onuId: number;
  readonly state: 'online' | 'offline' | 'unknown';
  readonly description: string | null;
  /** Light received by the ONT. */
  readonly rxDbm: number | null;
  /** Light sent by the ONT. */
  readonly txDbm: number | null;
  /** Light of this ONT received by the OLT. */
  readonly oltRxDbm: number | null;
  readonly temperatureC: number | null;
  readonly distanceM: number | null;
  readonly lastDownCause: DownCause | null;
};

/** An ONT that lights the fibre but has no configuration yet. */
export type UnconfiguredOnt = {
  readonly serial: string;
  readonly ifIndex: number;
  readonly port: string | null;
};

/** Which ONT to read. `serial` as printed, `TPLG46E80F93`; `at` where it was last time, which saves the
 * search of the whole OLT. */
export type OntQuery = {
  /** `host` or `host:port` of the OLT's agent. */
  readonly oltAddress: string;
  readonly serial: string;
  readonly at?: { readonly ifIndex: number; readonly onuId: number } | undefined;
};

/** An optical line terminal, read politely. Authorising an ONT is not here: SNMP on these OLTs cannot do
 * it completely, and half a provisioning is worse than none. */
export type Olt = {
  /** Lower-case name of the vendor and protocol. */
  readonly vendor: string;
  /** One ONT, or null when this OLT has no such ONT configured. A silent OLT is `retry`. */
  readOnt(query: OntQuery): Promise<Outcome<OntReading | null>>;
  /** ONTs seen but not configured. */
  listUnconfiguredOnts(query: { readonly oltAddress: string }): Promise<Outcome<readonly UnconfiguredOnt[]>>;
};
