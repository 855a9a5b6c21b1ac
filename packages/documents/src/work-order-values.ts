import type { Company, Party } from './parties.ts';
import type { Signature } from './signature.ts';

/** A step of the checklist and what became of it. */
export type ChecklistItem = {
  readonly label: string;
  readonly state: 'done' | 'skipped' | 'notApplicable';
  readonly note?: string | undefined;
};

/** A reading: « Puissance reçue », « −18,6 dBm », with its verdict and the limits it was judged by. */
export type Measurement = {
  readonly label: string;
  /** As printed, unit included, in the language of the document. */
  readonly value: string;
  readonly verdict: 'good' | 'warn' | 'bad' | 'none';
  readonly limits?: string | undefined;
};

/** A device put in, taken out or found in place. */
export type WorkOrderEquipment = {
  readonly action: 'installed' | 'removed' | 'inPlace';
  readonly description: string;
  readonly serial?: string | undefined;
  readonly mac?: string | undefined;
};

/** Something used up: metres of drop cable, connectors. */
export type WorkOrderMaterial = {
  readonly description: string;
  readonly quantity: number;
  readonly unit: string;
};

/** Everything on a completion report. Texts are in the language of the document. */
export type WorkOrderValues = {
  readonly company: Company;
  /** `JOB-00042`. */
  readonly number: string;
  readonly createdAt: Date;
  /** « Installation résidentielle ». */
  readonly jobType: string;
  readonly customer: Party;
  readonly serviceAddressLines: readonly string[];
  readonly technician: string;
  readonly startedAt?: Date | undefined;
  readonly completedAt: Date;
  readonly outcome: 'completed' | 'incomplete';
  readonly checklist: readonly ChecklistItem[];
  readonly measurements: readonly Measurement[];
  readonly equipment: readonly WorkOrderEquipment[];
  readonly materials: readonly WorkOrderMaterial[];
  readonly notes?: string | undefined;
  readonly photoCount: number;
  /** The customer's signature; without it the report says why it is missing. */
  readonly signature?: Signature | undefined;
  readonly unsignedReason?: string | undefined;
};
