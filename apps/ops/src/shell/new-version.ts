import { useToasts, type AppI18n } from '@gigafibre/ui';
import { registerSW } from 'virtual:pwa-register';

/** Keeps the installed app current: a new version waits until the reader says so, never in the middle of something. */
export function watchForNewVersion(i18n: AppI18n): void {
  if (import.meta.env.DEV) return;
  const { show } = useToasts();
  const update = registerSW({
    onNeedRefresh: () =>
      show({
        text: i18n.text('shell.newVersion'),
        action: { label: i18n.text('shell.reload'), run: () => void update(true) },
      }),
  });
}
