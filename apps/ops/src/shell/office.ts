import { Quasar } from 'quasar';
import type { App } from 'vue';
import './quasar.scss';

export { default as AppLayout } from './AppLayout.vue';

/** Gives the app Quasar once, when the office is first opened. */
export function installQuasar(app: App): void {
  if (!app.config.globalProperties.$q)
    app.use(Quasar, { config: { ripple: false, lang: { noHtmlAttrs: true } } });
}
