import type { Language } from '@gigafibre/contract';
import { BUSINESSES, ENGLISH_NAMES, GIVEN, SURNAMES } from '../names.ts';
import type { Chance } from '../random.ts';

export type Person = Readonly<{
  kind: 'residential' | 'business';
  name: string;
  language: Language;
  emailId: string | null;
  emailBilling: string | null;
  cellPhone: string | null;
  telHome: string | null;
  tags: readonly string[];
}>;

const SHARE_BUSINESS = 0.12;
const SHARE_ENGLISH = 0.11;
const SHARE_HOME_PHONE = 0.3;
const SHARE_WITHOUT_EMAIL = 0.05;
/** Seven digits after the area code: an exchange that is kept for fiction. */
const AREAS = ['450', '579', '514', '438'] as const;
const LINES_PER_AREA = 9_000;
const FAMILY_FIRMS = [
  (name: string) => `Ferme ${name} et fils`,
  (name: string) => `Garage ${name} inc.`,
  (name: string) => `Excavation ${name}`,
  (name: string) => `Dépanneur ${name}`,
  (name: string) => `Toitures ${name}`,
  (name: string) => `Épicerie ${name} et filles`,
] as const;

/** Somebody who could live or trade in the Montérégie; `index` keeps their phone and e-mail their own. */
export function makePerson(index: number, chance: Chance): Person {
  const business = chance.happens(SHARE_BUSINESS);
  const english = chance.happens(SHARE_ENGLISH);
  const name = business ? firmName(index, chance) : personName(english, chance);
  const mail = chance.happens(SHARE_WITHOUT_EMAIL) ? null : `${mailbox(name)}${index}@courriel.example`;
  const phone = (offset: number): string => {
    const line = index * 2 + offset;
    return `+1${AREAS[Math.floor(line / LINES_PER_AREA) % AREAS.length] ?? AREAS[0]}555${1_000 + (line % LINES_PER_AREA)}`;
  };
  return {
    kind: business ? 'business' : 'residential',
    name,
    language: english ? 'en' : 'fr',
    emailId: mail,
    emailBilling: business ? `facturation${index}@courriel.example` : null,
    cellPhone: phone(0),
    telHome: business || chance.happens(SHARE_HOME_PHONE) ? phone(1) : null,
    tags: chance.happens(0.04) ? ['VIP'] : [],
  };
}

function firmName(index: number, chance: Chance): string {
  const known = BUSINESSES[Math.floor(index / 8)];
  return known ?? chance.pick(FAMILY_FIRMS)(chance.pick(SURNAMES));
}

function personName(english: boolean, chance: Chance): string {
  if (!english) return `${chance.pick(GIVEN)} ${chance.pick(SURNAMES)}`;
  const [given = ''] = chance.pick(ENGLISH_NAMES).split(' ');
  return `${given} ${chance.pick(ENGLISH_NAMES).split(' ')[1] ?? ''}`;
}

const mailbox = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '.')
    .replaceAll(/^\.|\.$/g, '')
    .replaceAll(/\.{2,}/g, '.')
    .slice(0, 40);
