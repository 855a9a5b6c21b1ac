import '@gigafibre/ui/styles.css';
import { createClient } from '@gigafibre/client';
import { createAppI18n } from '@gigafibre/ui';
import { createHub, createQueryClient } from '@gigafibre/ui/hub';
import { createApp } from 'vue';
import { createPortalRouter } from './router.ts';
import AppShell from './shell/AppShell.vue';
import { watchForNewVersion } from './shell/new-version.ts';
import { createSession, sessionKey } from './session/session.ts';
import { guardRoutes } from './session/guard-routes.ts';
import { keepReadableOffline } from './shell/kept-offline.ts';
import { keepLive, liveKey } from './shell/live.ts';

const i18n = await createAppI18n({
  fr: () => import('./messages/fr/index.ts'),
  en: () => import('./messages/en/index.ts'),
});
const client = createClient({ app: 'portal', language: () => i18n.language.value });
const queries = createQueryClient();
const session = createSession({ client, i18n, queries });
const router = createPortalRouter();
guardRoutes(router, session, i18n);
keepReadableOffline(session, queries);

createApp(AppShell)
  .use(i18n)
  .use(router)
  .use(createHub(session.api, queries))
  .provide(sessionKey, session)
  .provide(liveKey, keepLive(session, queries))
  .mount('#app');
watchForNewVersion(i18n);
