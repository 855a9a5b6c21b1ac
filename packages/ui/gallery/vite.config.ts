import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Every component on one page, to look at: `npx vite packages/ui/gallery`. Not part of any app. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  define: {
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  plugins: [vue()],
});
