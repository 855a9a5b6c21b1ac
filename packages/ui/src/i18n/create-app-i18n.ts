import type { Language } from '@gigafibre/contract';
import { readonly, shallowRef, type App, type InjectionKey, type Plugin, type Ref } from 'vue';
import { createI18n } from 'vue-i18n';
import { frenchSpacing } from '../format/no-break.ts';
import { compileMessage, type Message } from './compile-message.ts';
import {
  mapMessages,
  type MappedTree,
  type MessageLoaders,
  type MessageTree,
  type MoreMessages,
} from './message-tree.ts';
import { rememberedLanguage, rememberLanguage } from './remembered-language.ts';

/** The languages of the interface and how an app changes from one to the other. */
export type AppI18n = Plugin & {
  readonly language: Readonly<Ref<Language>>;
  /** The reader chose: shown at once, remembered on this device. */
  setLanguage(language: Language): Promise<void>;
  /** What the account says; a choice made on this device is stronger. */
  suggestLanguage(language: Language): Promise<void>;
  /** More words, for a part of the app that not everybody opens; resolves when the language shown has them. */
  bring(more: MoreMessages): Promise<void>;
  /** A text by key, for code that runs outside components (titles, notifications). */
  text(key: string, named?: Record<string, unknown>): string;
};

export const appI18nKey: InjectionKey<AppI18n> = Symbol('app i18n');

const ownMessages = {
  fr: () => import('../messages/fr/index.ts'),
  en: () => import('../messages/en/index.ts'),
};

/**
 * The app's words, French unless another language was chosen on this device. Resolves when the first language
 * has arrived; the other is fetched when somebody asks for it. Keeps `<html lang>` true.
 */
export async function createAppI18n<T extends MessageTree>(loaders: MessageLoaders<T>): Promise<AppI18n> {
  const i18n = createI18n({
    legacy: false,
    locale: 'fr',
    fallbackLocale: false,
    messages: {},
    pluralRules: { fr: frenchPlural },
  });
  const language = shallowRef<Language>('fr');
  const parts: MoreMessages[] = [ownMessages, loaders];
  /** How many of the parts each language has. */
  const loaded = { fr: 0, en: 0 };

  async function show(wanted: Language): Promise<void> {
    const count = parts.length;
    if (loaded[wanted] < count) {
      const trees = await Promise.all(parts.slice(0, count).map((part) => part[wanted]()));
      const all = Object.assign({}, ...trees.map(({ messages }) => messages)) as MessageTree; // each is a tree
      i18n.global.setLocaleMessage(wanted, asShown(all, wanted));
      loaded[wanted] = count;
    }
    i18n.global.locale.value = wanted;
    language.value = wanted;
    document.documentElement.lang = wanted;
  }

  await show(rememberedLanguage() ?? 'fr');
  const appI18n: AppI18n = {
    language: readonly(language),
    setLanguage: async (wanted) => {
      rememberLanguage(wanted);
      await show(wanted);
    },
    suggestLanguage: async (wanted) => {
      if (rememberedLanguage() === undefined) await show(wanted);
    },
    bring: async (more) => {
      if (!parts.includes(more)) parts.push(more);
      await show(language.value);
    },
    text: (key, named = {}) => i18n.global.t(key, named),
    install: (app: App) => {
      app.use(i18n);
      app.provide(appI18nKey, appI18n);
    },
  };
  return appI18n;
}

function asShown(tree: MessageTree, language: Language): MappedTree<Message> {
  return mapMessages(tree, (text) => compileMessage(language === 'fr' ? frenchSpacing(text) : text));
}

/** In French zero and one are singular: « 0 facture », « 1 facture », « 2 factures ». */
function frenchPlural(count: number, forms: number): number {
  if (forms === 3) return count === 0 ? 0 : count < 2 ? 1 : 2;
  return count < 2 ? 0 : 1;
}
