import '@gigafibre/ui/styles.css';
import { createAppI18n } from '@gigafibre/ui';
import { createHub, createQueryClient, refusedOf } from '@gigafibre/ui/hub';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { createOpsRouter } from './router.ts';
import { guardRoutes } from './session/guard-routes.ts';
import { useSession } from './session/session.ts';
import { clientsKey, createClients, createOpsApi } from './shell/api.ts';
import { useLive } from './shell/live.ts';
import { watchForNewVersion } from './shell/new-version.ts';

const i18n = await createAppI18n({
  fr: () => import('./messages/fr/everywhere.ts'),
  en: () => import('./messages/en/everywhere.ts'),
});
const clients = createClients(() => i18n.language.value);
const queries = createQueryClient();
const api = createOpsApi(clients, (error, place) => {
  if (refusedOf(error).code === 'unauthenticated') useSession().expire(place);
});

const app = createApp(App);
app.use(i18n).use(createPinia()).use(createHub(api, queries)).provide(clientsKey, clients);
useLive().follow(queries);
const router = createOpsRouter(app, i18n);
guardRoutes(router, useSession(), i18n);
app.use(router).mount('#app');
watchForNewVersion(i18n);
