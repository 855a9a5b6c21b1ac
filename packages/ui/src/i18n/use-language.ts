import type { Language } from '@gigafibre/contract';
import { inject, type Ref } from 'vue';
import { appI18nKey } from './create-app-i18n.ts';

/** The reader's language, and the way to change it. Only inside an app that installed its i18n. */
export function useLanguage(): {
  language: Readonly<Ref<Language>>;
  setLanguage: (language: Language) => Promise<void>;
} {
  const i18n = inject(appI18nKey);
  if (!i18n) throw new Error('no i18n: install what createAppI18n gives');
  return { language: i18n.language, setLanguage: i18n.setLanguage };
}
