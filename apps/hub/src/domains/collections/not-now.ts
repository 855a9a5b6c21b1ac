import type { NextWhy } from '@gigafibre/contract';
import type { Next } from './ladder/next-rung.ts';

const WORDS: Readonly<Record<NextWhy, readonly [fr: string, en: string]>> = {
  due: ['le jour n’est pas venu', 'its day has not come'],
  held: ['quelque chose retient l’échelle', 'something holds the ladder'],
  below_threshold: ['le montant en souffrance ne suffit pas', 'what is overdue is not enough'],
  notice_not_sent: ['rien ne prouve que l’avis est parti', 'nothing proves that the notice has left'],
  notice_failed: ['l’avis n’a pas atteint le client', 'the notice did not reach the customer'],
  proposed: ['une décision est attendue', 'a decision is awaited'],
  quiet_time: ['ce n’est ni un jour ni une heure permis', 'it is not a permitted day or hour'],
  top: ['rien ne suit', 'nothing follows'],
};

/** Why a rung cannot be taken at this moment, as the data of a refusal. */
export function notNow(next: Next | null): { whyFr: string; whyEn: string } {
  const [whyFr, whyEn] = WORDS[next?.why ?? 'top'];
  return { whyFr, whyEn };
}
