import type { Language } from '@gigafibre/contract';

const KEY = 'gigafibre.language';

/** The language chosen on this device, if any; a browser that forbids storage has none. */
export function rememberedLanguage(): Language | undefined {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'fr' || kept === 'en' ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the choice on this device; where storage is forbidden it lasts as long as the page. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Nothing is lost but the memory of the choice.
  }
}
