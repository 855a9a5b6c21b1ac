import type { Capability } from '@gigafibre/contract';
import type { AppI18n } from '@gigafibre/ui';
import type { App } from 'vue';
import { createRouter, createWebHashHistory, type Router, type RouteRecordRaw } from 'vue-router';
import { paths, type RouteName } from './paths.ts';
import { screens, type Screen } from './screens.ts';
import { landing } from './shell/navigation.ts';

declare module 'vue-router' {
  interface RouteMeta {
    title: string;
    place: Screen['place'];
    capability?: Capability;
  }
}

/**
 * The addresses of the screens that exist, in their layouts, and a page for the others. Quasar and the words of its
 * screens come with the office: the technician's phone never loads them.
 */
export function createOpsRouter(app: App, i18n: AppI18n): Router {
  const office = routesIn('office');
  return createRouter({
    history: createWebHashHistory('/ops/'),
    routes: [
      ...routesIn('alone').filter(({ name }) => name !== 'fieldLink'),
      {
        path: '/j',
        component: () => import('./field/FieldLayout.vue'),
        children: routesIn('field'),
      },
      ...routesIn('alone').filter(({ name }) => name === 'fieldLink'),
      {
        path: '/',
        component: async () => {
          const [{ AppLayout, installQuasar }] = await Promise.all([
            import('./shell/office.ts'),
            i18n.bring(officeWords),
          ]);
          installQuasar(app);
          return AppLayout;
        },
        children: [
          ...office,
          ...(screens.home ? [] : [{ path: '', redirect: () => ({ name: landing() }) }]),
          {
            path: '/:rest(.*)*',
            component: () => import('./shell/NotFoundPage.vue'),
            meta: { title: 'shell.notFound', place: 'office' },
          },
        ],
      },
    ],
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  });
}

const officeWords = {
  fr: () => import('./messages/fr/of-office.ts'),
  en: () => import('./messages/en/of-office.ts'),
};

function routesIn(place: Screen['place']): RouteRecordRaw[] {
  return (Object.keys(paths) as RouteName[]).flatMap((name) => {
    const screen = screens[name];
    if (screen?.place !== place) return [];
    const { page, title, capability } = screen;
    return [
      {
        path: paths[name],
        name,
        component: page,
        meta: { title, place, ...(capability ? { capability } : {}) },
      },
    ];
  });
}
