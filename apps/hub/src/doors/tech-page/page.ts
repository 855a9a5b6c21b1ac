import { wallClock } from '@gigafibre/calendar';
import type { fieldOperations, JobStatus, JobType, Language, OutputOf } from '@gigafibre/contract';
import { formatDate } from '@gigafibre/documents';

type Job = OutputOf<typeof fieldOperations.listMyDay>['jobs'][number];
type Words = Readonly<Record<Language, string>>;

const TYPES: Record<JobType, Words> = {
  install: { fr: 'Installation', en: 'Installation' },
  repair: { fr: 'Réparation', en: 'Repair' },
  upgrade: { fr: 'Rehaussement', en: 'Upgrade' },
  move: { fr: 'Déménagement', en: 'Move' },
  disconnect: { fr: 'Débranchement', en: 'Disconnection' },
  survey: { fr: 'Relevé', en: 'Survey' },
  maintenance: { fr: 'Entretien', en: 'Maintenance' },
  construction: { fr: 'Construction', en: 'Construction' },
};
const STATES: Partial<Record<JobStatus, Words>> = {
  en_route: { fr: 'en route', en: 'on the way' },
  on_site: { fr: 'sur place', en: 'on site' },
  paused: { fr: 'en pause', en: 'paused' },
  completed: { fr: 'terminé', en: 'completed' },
  cannot_complete: { fr: 'incomplet', en: 'not completed' },
};
const WORDS = {
  none: { fr: 'Aucun rendez-vous publié.', en: 'No published visit.' },
  window: { fr: 'Promis au client', en: 'Promised to the customer' },
  map: { fr: 'Itinéraire', en: 'Directions' },
  closed: { fr: 'Lien refusé', en: 'Link refused' },
} as const satisfies Record<string, Words>;

const STYLE = `body{margin:0;font:18px/1.45 system-ui,sans-serif;background:#f4f7f7;color:#172b2d}
header{background:#0b6e6e;color:#fff;padding:16px}h1{font-size:22px;margin:0}h2{font-size:20px;margin:0 0 4px}
main{padding:12px;max-width:640px;margin:0 auto}article{background:#fff;border:1px solid #d5dfdf;border-radius:8px;padding:14px;margin:0 0 12px}
p{margin:4px 0}a.act{display:inline-block;min-height:48px;line-height:48px;padding:0 16px;margin:8px 8px 0 0;border:1px solid #0b6e6e;border-radius:8px;color:#0b6e6e;text-decoration:none}
@media (prefers-color-scheme:dark){body{background:#101a1b;color:#e6eeee}article{background:#182526;border-color:#2b3c3d}a.act{color:#7fd4d4;border-color:#7fd4d4}}`;

/** The page of a technician's day. Everything people typed is escaped. */
export function dayPage({
  day,
  name,
  jobs,
  language,
}: {
  day: string;
  name: string;
  jobs: readonly Job[];
  language: Language;
}): string {
  const body =
    jobs.length === 0 ? `<p>${WORDS.none[language]}</p>` : jobs.map((job) => article(job, language)).join('');
  return page({ title: `${name} · ${formatDate(day, language)}`, body, language });
}

/** What somebody sees whose link is refused. */
export const refusedPage = (words: string): string =>
  page({ title: WORDS.closed.fr, body: `<article><p>${escape(words)}</p></article>`, language: 'fr' });

function article(job: Job, language: Language): string {
  const time = job.startsAt === null ? '' : `${timeIn(wallClock(new Date(job.startsAt)).time, language)} · `;
  const state = STATES[job.status]?.[language];
  const window = job.window
    ? `<p>${WORDS.window[language]} : ${timeIn(job.window.from, language)} – ${timeIn(job.window.to, language)}</p>`
    : '';
  const calls = job.phones.map((phone) => action(`tel:${phone}`, phone)).join('');
  const goal = encodeURIComponent(job.address ?? '');
  const map =
    job.address === null
      ? ''
      : action(`https://www.openstreetmap.org/search?query=${goal}`, WORDS.map[language]);
  return `<article><h2>${time}${TYPES[job.type][language]}${state ? ` (${state})` : ''}</h2>
<p><strong>${escape(job.customerName ?? '')}</strong> ${escape(job.id)}</p><p>${escape(job.address ?? '')}</p>${window}
${job.accessNotes ? `<p>${escape(job.accessNotes)}</p>` : ''}${calls}${map}</article>`;
}

const action = (href: string, words: string): string =>
  `<a class="act" href="${escape(href)}" rel="noreferrer">${escape(words)}</a>`;

/** `14 h 30` in French, `14:30` in English. */
const timeIn = (time: string, language: Language): string =>
  language === 'fr' ? time.replace(':', '\u00a0h\u00a0') : time;

const page = ({ title, body, language }: { title: string; body: string; language: Language }): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escape(title)}</title><style>${STYLE}</style></head><body><header><h1>${escape(title)}</h1></header><main>${body}</main></body></html>`;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
