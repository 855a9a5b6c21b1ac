import { quasar } from '@quasar/vite-plugin';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { fieldFiles } from './field-files.ts';

/** Where the hub listens while the screens are being worked on. */
const HUB = process.env['HUB_URL'] ?? 'http://127.0.0.1:8080';
const field = fieldFiles();

export default defineConfig({
  base: '/ops/',
  define: {
    // Only the composition API of vue-i18n, without its developer tools.
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    // Messages come compiled (packages/ui): no compiler in the browser.
    __INTLIFY_DROP_MESSAGE_COMPILER__: true,
  },
  plugins: [
    vue(),
    // Explicit imports from 'quasar' become imports of the single components; nothing is imported by itself.
    quasar(),
    field.plugin,
    VitePWA({
      registerType: 'prompt',
      injectRegister: null,
      manifest: {
        name: 'Gigafibre Ops',
        short_name: 'Gigafibre',
        description: 'L’exploitation : bureau et technicien.',
        lang: 'fr',
        start_url: '/ops/#/j',
        scope: '/ops/',
        display: 'standalone',
        background_color: '#f4f7f7',
        theme_color: '#0a5c63',
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
        ],
        shortcuts: [
          { name: 'Technicien', url: '/ops/#/j' },
          { name: 'Bureau', url: '/ops/#/' },
        ],
      },
      workbox: {
        // From the first visit on, not only after the second: the network may go in between.
        clientsClaim: true,
        globPatterns: ['**/*.{html,js,css,woff2,svg}'],
        // The technician's module opens without a network; office screens are fetched when opened. The hub's
        // answers are never kept by the worker: the app keeps them itself, and says how old they are.
        manifestTransforms: [
          (entries) => ({
            manifest: entries.filter(({ url }) => !url.startsWith('assets/') || field.has(url)),
            warnings: [],
          }),
        ],
        navigateFallback: '/ops/index.html',
        navigateFallbackAllowlist: [/^\/ops\/(?:$|index\.html)/],
      },
    }),
  ],
  build: {
    // For scripts/sizes.ts; the hub does not serve files whose name begins with a dot.
    manifest: true,
    rolldownOptions: {
      // These only declare: a domain's operations that no screen asks for are left out.
      treeshake: {
        moduleSideEffects: [
          { test: /packages[\\/](contract|client|money|calendar)[\\/]/, sideEffects: false },
        ],
      },
      output: {
        // Two files that every screen needs, instead of thirty small ones over a slow network.
        codeSplitting: {
          groups: [
            {
              name: 'vendor',
              test: /node_modules[\\/](@vue|vue|vue-router|vue-i18n|@intlify|@tanstack|pinia|zod)[\\/]/,
              priority: 2,
            },
            {
              name: 'ui',
              test: /packages[\\/]ui[\\/]src[\\/](?!messages|fields[\\/]Signature)/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': HUB,
      '/sse': HUB,
      '/payments': HUB,
      '/auth': HUB,
      '/otp': HUB,
      '/vision': HUB,
      '/devices': HUB,
    },
  },
});
