import { paletteOpen, shortcutHelpOpen, useCommand, useShortcuts } from '@gigafibre/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { screens } from '../screens.ts';
import { useSession } from '../session/session.ts';
import { navigation } from './navigation.ts';

/** Going anywhere by keyboard or palette, and the shell's own shortcuts. */
export function useGoTo(toggleNavigation: () => void): void {
  const { t } = useI18n();
  const router = useRouter();
  const session = useSession();
  const allowed = computed(() =>
    navigation.filter(({ route }) => {
      const capability = screens[route]?.capability;
      return capability === undefined || session.can(capability);
    }),
  );
  useCommand(() => [
    ...allowed.value.map(({ route, label, icon, keys }) => ({
      id: `go-${route}`,
      title: t('shell.goTo', { place: t(label) }),
      icon,
      keys,
      run: () => void router.push({ name: route }),
    })),
    {
      id: 'shortcuts',
      title: t('shortcuts.help'),
      icon: 'keyboard',
      keys: '?',
      run: () => (shortcutHelpOpen.value = true),
    },
  ]);
  useShortcuts(() => [
    { keys: '/', label: t('shell.search'), run: () => (paletteOpen.value = true) },
    { keys: '[', label: t('nav.fold'), run: toggleNavigation },
    ...allowed.value.map(({ route, label, keys }) => ({
      keys,
      label: t('shell.goTo', { place: t(label) }),
      run: () => void router.push({ name: route }),
    })),
  ]);
}
