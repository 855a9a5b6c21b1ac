import { createRouter, createWebHashHistory, type Router, type RouteRecordRaw } from 'vue-router';
import { paths, type RouteName } from './paths.ts';
import { screens } from './screens.ts';

declare module 'vue-router' {
  interface RouteMeta {
    title: string;
    open?: boolean;
  }
}

/** The addresses of the screens that exist, and a page for the others. Scrolls to the top, back to where one was. */
export function createPortalRouter(): Router {
  return createRouter({
    history: createWebHashHistory('/portal/'),
    routes: [
      ...(Object.keys(screens) as RouteName[]).flatMap(routeOf), // keys of the table
      {
        path: '/:rest(.*)*',
        component: () => import('./shell/NotFoundPage.vue'),
        meta: { title: 'shell.notFound', open: true },
      },
    ],
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  });
}

function routeOf(name: RouteName): RouteRecordRaw[] {
  const screen = screens[name];
  if (!screen) return [];
  const { page, title, open, alias } = screen;
  return [
    {
      path: paths[name],
      name,
      component: page,
      meta: { title, ...(open ? { open } : {}) },
      ...(alias ? { alias } : {}),
    },
  ];
}
