import type { AppI18n } from '@gigafibre/ui';
import { watch } from 'vue';
import type { Router } from 'vue-router';
import type { Session } from './session.ts';

/** Leads whoever is not signed in to the sign-in page, and afterwards to where they were going. */
export function guardRoutes(router: Router, session: Session, i18n: AppI18n): void {
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
