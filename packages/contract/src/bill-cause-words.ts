import type { z } from 'zod';
import type { billCause } from './billing-runs.ts';

type Both = Readonly<{ fr: string; en: string }>;

/** Why a bill is not as the one before, as its PDF says it: the very words of the portal. `{name}` is what it is about. */
export const BILL_CAUSE_WORDS: Readonly<Record<z.output<typeof billCause>['kind'], Both>> = {
  started: { fr: 'Nouveau : {name}', en: 'New: {name}' },
  ended: { fr: 'Terminé : {name}', en: 'Ended: {name}' },
  part_of_cycle: { fr: 'Partie de mois : {name}', en: 'Part of a month: {name}' },
  other_cycle: { fr: 'Facturé à un autre moment : {name}', en: 'Billed at another time: {name}' },
  change: { fr: 'Changement : {name}', en: 'Change: {name}' },
  one_time: { fr: 'Frais unique : {name}', en: 'One-time: {name}' },
  one_time_before: { fr: 'Frais unique de la fois précédente : {name}', en: 'One-time last time: {name}' },
  tax_rate: { fr: '{name} modifié', en: '{name} changed' },
  missing: { fr: 'En service mais non facturé : {name}', en: 'In service but not billed: {name}' },
  price: {
    fr: 'Prix différent sans changement connu : {name}',
    en: 'Another price without a known change: {name}',
  },
  below_zero: { fr: 'Total sous zéro : {name}', en: 'Total below zero: {name}' },
  several_cycles: { fr: 'Plusieurs périodes à la fois : {name}', en: 'Several periods at once: {name}' },
  own_amount: { fr: 'Montant inhabituel : {name}', en: 'Unusual amount: {name}' },
  zero: { fr: 'Facture à zéro : {name}', en: 'Invoice of zero: {name}' },
  explained: { fr: 'Vérifié par notre équipe : {name}', en: 'Checked by our team: {name}' },
};

/** The words around the causes. */
export const BILL_DIFFERENCE_WORDS = {
  title: { fr: 'Pourquoi cette facture est différente', en: 'Why this bill is different' },
  before: { fr: 'La précédente :', en: 'The one before:' },
  now: { fr: 'Celle-ci :', en: 'This one:' },
  beforeTaxes: { fr: 'Chaque écart est avant taxes.', en: 'Each difference is before taxes.' },
} as const satisfies Record<string, Both>;
