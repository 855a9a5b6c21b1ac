import { VueQueryPlugin, type QueryClient } from '@tanstack/vue-query';
import type { App, Plugin } from 'vue';
import { apiKey, type Api } from './api.ts';

/** Gives an app the hub: calls by `api`, answers cached in `queries`. */
export function createHub(api: Api, queries: QueryClient): Plugin {
  return {
    install: (app: App) => {
      app.provide(apiKey, api);
      app.use(VueQueryPlugin, { queryClient: queries });
    },
  };
}
