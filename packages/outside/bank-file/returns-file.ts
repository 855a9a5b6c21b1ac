import { readReturns, RECORD_BYTES, type ReturnedItem } from './standard-005.ts';

/** A file of returned debits, whole and agreeing with itself. */
export type ReturnsFile = {
  readonly originatorId: string;
  readonly fileNumber: number;
  readonly items: readonly ReturnedItem[];
  /** The records without line ends: what tells the same file again, however it was carried. */
  readonly records: string;
};

/** Why a file of returns is not taken: half of it is missing, or its parts do not agree. `reason` is for a person. */
export class ReturnsFault extends Error {
  readonly kind: 'cut' | 'altered';
  readonly reason: { readonly fr: string; readonly en: string };
  constructor(kind: 'cut' | 'altered', reason: { readonly fr: string; readonly en: string }) {
    super(reason.en);
    this.name = 'ReturnsFault';
    this.kind = kind;
    this.reason = reason;
  }
}

const LENGTH = {
  fr: 'ses enregistrements n’ont pas 1464 caractères',
  en: 'its records are not 1464 characters',
};
const ENDS = { fr: 'l’en-tête ou la fin manque', en: 'its header or trailer is missing' };
const GAP = { fr: 'un enregistrement manque', en: 'a record is missing' };
const OWNERS = {
  fr: 'ses enregistrements sont de fichiers différents',
  en: 'its records are of different files',
};
const ITEMS = { fr: 'un retour est illisible', en: 'a return cannot be read' };
const TOTALS = {
  fr: 'le total annoncé n’est pas celui des retours',
  en: 'its total is not that of its returns',
};

/** Where the trailer says the cents and the number of debits, sent (D) and returned (J). */
const TOTAL_AT = [24, 38] as const;
const COUNT_AT = [38, 46] as const;
/** Originator and file number: the same in every record. */
const OWNER_AT = [10, 24] as const;

/** Reads a file of returned debits; throws `ReturnsFault` unless it is whole and adds up. */
export function readReturnsFile(text: string): ReturnsFile {
  const records = text.replaceAll(/[\r\n]/g, '');
  if (records.length === 0 || records.length % RECORD_BYTES !== 0) throw new ReturnsFault('cut', LENGTH);
  const count = records.length / RECORD_BYTES;
  const record = (index: number) => records.slice(index * RECORD_BYTES, (index + 1) * RECORD_BYTES);
  const trailer = record(count - 1);
  if (record(0)[0] !== 'A' || trailer[0] !== 'Z') throw new ReturnsFault('cut', ENDS);
  const owner = record(0).slice(...OWNER_AT);
  for (let index = 0; index < count; index += 1) {
    if (record(index).slice(1, 10) !== String(index + 1).padStart(9, '0')) throw new ReturnsFault('cut', GAP);
    if (record(index).slice(...OWNER_AT) !== owner) throw new ReturnsFault('altered', OWNERS);
  }
  const items = itemsOf(records);
  const totalCents = items.reduce((sum, { amountCents }) => sum + amountCents, 0n);
  const told = [trailer.slice(...TOTAL_AT), trailer.slice(...COUNT_AT)];
  const found = [String(totalCents).padStart(14, '0'), String(items.length).padStart(8, '0')];
  if (told.join() !== found.join()) throw new ReturnsFault('altered', TOTALS);
  return { originatorId: owner.slice(0, 10).trim(), fileNumber: Number(owner.slice(10)), items, records };
}

function itemsOf(records: string): ReturnedItem[] {
  try {
    return readReturns(records);
  } catch (error) {
    if (error instanceof RangeError) throw new ReturnsFault('altered', ITEMS);
    throw error;
  }
}
