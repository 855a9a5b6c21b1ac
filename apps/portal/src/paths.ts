import { hrefsOf } from '@gigafibre/ui/routing';

/** Every address of the portal, once. Names are what code says; addresses are what customers keep. */
export const paths = {
  login: '/login',
  home: '/',
  me: '/me',
  catalog: '/catalog',
  cart: '/cart',
  invoices: '/invoices',
  invoice: '/invoices/:name',
  tickets: '/tickets',
  ticket: '/tickets/:name',
  messages: '/messages',
  appointments: '/appointments',
  paymentSuccess: '/payment-success',
  paymentCancel: '/payment-cancel',
  paymentMethods: '/payment-methods',
  orderSuccess: '/order-success',
} as const;

export type RouteName = keyof typeof paths;

/** The `href` of a route: `hrefOf('invoice', { name })`. */
export const hrefOf = hrefsOf(paths);
