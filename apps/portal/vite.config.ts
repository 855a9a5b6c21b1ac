import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** Where the hub listens while the screens are being worked on. */
const HUB = process.env['HUB_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/portal/',
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
    VitePWA({
      registerType: 'prompt',
      injectRegister: null,
      manifest: {
        name: 'Gigafibre',
        short_name: 'Gigafibre',
        description: 'Votre service, vos factures, votre soutien.',
        lang: 'fr',
        start_url: '/portal/',
        scope: '/portal/',
        display: 'standalone',
        background_color: '#f4f7f7',
        theme_color: '#0a5c63',
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
        ],
      },
      workbox: {
        // From the first visit on, not only after the second: the network may go in between.
        clientsClaim: true,
        globPatterns: ['**/*.{html,js,css,woff2,svg}'],
        // The hub's answers are never kept by the worker: money on screen is the hub's, or marked as old.
        navigateFallback: '/portal/index.html',
        navigateFallbackAllowlist: [/^\/portal\/(?:$|index\.html)/],
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
  server: { proxy: { '/api': HUB, '/sse': HUB, '/payments': HUB, '/portal/request-link': HUB } },
});
