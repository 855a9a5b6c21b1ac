import type { Component } from 'vue';
import type { RouteName } from './paths.ts';

/** A screen: its page, fetched when first opened, and who may open it. */
export type Screen = Readonly<{
  page: () => Promise<{ default: Component }>;
  /** The key of its title. */
  title: string;
  /** Seen without a session. */
  open?: boolean;
  /** A second address that leads to the same page. */
  alias?: string;
}>;

/** The screens that exist. A domain adds its line; what is not here is neither routed nor in the navigation. */
export const screens: Partial<Record<RouteName, Screen>> = {
  login: { page: () => import('./session/LoginPage.vue'), title: 'login.title', open: true },
  home: { page: () => import('./home/HomePage.vue'), title: 'nav.home' },
  invoices: { page: () => import('./invoices/InvoicesPage.vue'), title: 'nav.invoices' },
  invoice: { page: () => import('./invoices/InvoicePage.vue'), title: 'nav.invoices' },
  // The second address is in letters and bookmarks of before.
  paymentMethods: {
    page: () => import('./payments/PaymentMethodsPage.vue'),
    title: 'nav.payments',
    alias: '/payment-card-added',
  },
  me: { page: () => import('./account/AccountPage.vue'), title: 'nav.me', alias: '/account' },
  paymentSuccess: { page: () => import('./payments/PaymentResultPage.vue'), title: 'payment.title' },
  paymentCancel: { page: () => import('./payments/PaymentResultPage.vue'), title: 'payment.title' },
};
