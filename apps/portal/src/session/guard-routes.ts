import { useToasts, type AppI18n } from '@gigafibre/ui';
import { watch } from 'vue';
import type { Router } from 'vue-router';
import type { Session } from './session.ts';

/** Leads whoever is not signed in to the sign-in page, and afterwards to where they were going. */
export function guardRoutes(router: Router, session: Session, i18n: AppI18n): void {
  // A screen is fetched when it is first opened; without a network it says so and the one before stays.
  router.onError((_, to) =>
    useToasts().show({
      text: i18n.text('shell.notLoaded'),
      tone: 'bad',
      action: { label: i18n.text('actions.retry'), run: () => again(router, to.fullPath) },
    }),
  );
  router.beforeEach(async (to) => {
    if (to.meta.open || (await session.ensure())) return true;
    return { name: 'login', query: to.fullPath === '/' ? {} : { to: to.fullPath } };
  });
  watch(session.signedIn, (signedIn, was) => {
    const here = router.currentRoute.value;
    if (was && !signedIn && !here.meta.open)
      void router.push({ name: 'login', query: { to: here.fullPath } });
  });
  watch([router.currentRoute, i18n.language], ([route]) => {
    const title = route.meta.title;
    document.title = title ? `${i18n.text(title)} · Gigafibre` : 'Gigafibre';
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
