import type { Language } from '@gigafibre/contract';
import type { z } from 'zod';

/** A message in one language: a subject and paragraphs for e-mail, one text for SMS; `button` is the link to follow. */
export type Wording = Readonly<{
  subject: string;
  paragraphs: readonly string[];
  button?: { label: string; url: string };
  sms: string;
}>;

/** A transactional message the product sends: its variables are checked, its words stand in both languages. */
export type Template<V extends z.ZodObject = z.ZodObject> = Readonly<{
  name: string;
  purpose: 'transactional' | 'marketing';
  /** Holds a link or a code that opens something: its text is wiped once it has really left. */
  secret: boolean;
  variables: V;
  fr: (variables: z.output<V>) => Wording;
  en: (variables: z.output<V>) => Wording;
}>;

/** Declares a template. */
export const template = <V extends z.ZodObject>(
  declared: Omit<Template<V>, 'purpose' | 'secret'> & Partial<Pick<Template, 'purpose' | 'secret'>>,
): Template<V> => ({
  purpose: 'transactional',
  secret: false,
  ...declared,
});

export type Rendered = Readonly<{ subject: string; text: string; html: string; sms: string }>;

const signature = { fr: 'Gigafibre · TARGO Internet', en: 'Gigafibre · TARGO Internet' } as const;

/** Renders a template in a language; refuses (throws) variables it does not know: that is our mistake, not the reader's. */
export function render(declared: Template, language: Language, variables: unknown): Rendered {
  const wording = declared[language](declared.variables.parse(variables));
  const button = wording.button ? [`${wording.button.label} : ${wording.button.url}`] : [];
  return {
    subject: wording.subject,
    text: [...wording.paragraphs, ...button, signature[language]].join('\n\n'),
    html: htmlOf(wording, language),
    sms: wording.sms,
  };
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function htmlOf({ subject, paragraphs, button }: Wording, language: Language): string {
  const body = paragraphs.map((text) => `<p style="margin:0 0 16px">${escape(text)}</p>`).join('');
  const link = button
    ? `<p style="margin:24px 0"><a href="${escape(button.url)}" style="background:#0b6e6e;color:#ffffff;padding:12px 20px;border-radius:6px;text-decoration:none;display:inline-block">${escape(button.label)}</a></p>`
    : '';
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head><body style="margin:0;background:#f4f7f7"><div style="max-width:560px;margin:0 auto;padding:32px 24px;background:#ffffff;font:16px/1.5 system-ui,sans-serif;color:#172b2d"><p style="margin:0 0 24px;font-weight:600;color:#0b6e6e">Gigafibre</p>${body}${link}<p style="margin:32px 0 0;color:#586b6d;font-size:13px">${signature[language]}</p></div></body></html>`;
}
