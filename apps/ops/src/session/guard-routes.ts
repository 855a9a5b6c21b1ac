import { useToasts, type AppI18n } from '@gigafibre/ui';
import { watch } from 'vue';
import type { Router } from 'vue-router';
import type { Place } from '../shell/api.ts';
import type { useSession } from './session.ts';

/**
 * Leads whoever is not signed in to the sign-in page, and afterwards to where they were going. The technician's
 * module is never closed: it says itself what to do, because unsent work must stay in sight.
 */
export function guardRoutes(router: Router, session: ReturnType<typeof useSession>, i18n: AppI18n): void {
  // A screen is fetched when it is first opened; without a network it says so and the one before stays.
  router.onError((_, to) =>
    useToasts().show({
      text: i18n.text('shell.notLoaded'),
      tone: 'bad',
      action: { label: i18n.text('actions.retry'), run: () => again(router, to.fullPath) },
    }),
  );
  router.beforeEach(async (to) => {
    if (to.meta.place === 'alone') return true;
    const place: Place = to.meta.place === 'field' || to.path.startsWith('/j') ? 'field' : 'office';
    session.place = place;
    const signedIn = await session.ensure(place);
    if (session.current) await i18n.suggestLanguage(session.current.language);
    if (signedIn || place === 'field') return true;
    return { name: 'login', query: to.fullPath === '/' ? {} : { to: to.fullPath } };
  });
  watch(
    () => session.signedIn,
    (signedIn, was) => {
      const here = router.currentRoute.value;
      if (was && !signedIn && here.meta.place === 'office')
        void router.push({ name: 'login', query: { to: here.fullPath } });
    },
  );
  watch([router.currentRoute, i18n.language], ([route]) => {
    document.title = route.meta.title ? `${i18n.text(route.meta.title)} · Gigafibre` : 'Gigafibre';
  });
}

/** Some browsers remember that a file did not come, and after a new version it is gone for good: begin afresh. */
function again(router: Router, path: string): void {
  if (!navigator.onLine) {
    void router.push(path);
    return;
  }
  location.assign(router.resolve(path).href);
  location.reload();
}
