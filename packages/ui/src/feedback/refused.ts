import { refusalWords, type Language, type RefusalData } from '@gigafibre/contract';
import { frenchSpacing } from '../format/no-break.ts';

/** A no, as it travels: a code of the contract (or `no_answer`, from the network) and what it concerns. */
export type Refused = Readonly<{ code: string; data: RefusalData }>;

/** The one refusal that no hub can send. */
export const NO_ANSWER: Refused = { code: 'no_answer', data: {} };
const NO_ANSWER_WORDS = {
  fr: 'Pas de réponse. Vérifiez le réseau, puis réessayez; rien n’est fait en double.',
  en: 'No answer. Check the network, then try again; nothing is done twice.',
} as const;

/** A refusal as a sentence for the reader; the words are the contract's, so that hub and screens agree. */
export function sayRefusal(refused: Refused, language: Language): string {
  if (refused.code === NO_ANSWER.code) return NO_ANSWER_WORDS[language];
  const words = refusalWords(refused.code, refused.data, language);
  return language === 'fr' ? frenchSpacing(words) : words;
}
