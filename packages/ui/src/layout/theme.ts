import { readonly, shallowRef, type Ref } from 'vue';

/** Light, dark, or as the device has it. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'gigafibre.theme';
const theme = shallowRef<Theme>(remembered());
apply(theme.value);

/** The light in which this device shows the app. */
export function useTheme(): { theme: Readonly<Ref<Theme>>; setTheme: (next: Theme) => void } {
  return { theme: readonly(theme), setTheme };
}

function setTheme(next: Theme): void {
  theme.value = next;
  apply(next);
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // It lasts as long as the page.
  }
}

function apply(next: Theme): void {
  if (next === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = next;
}

function remembered(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}
