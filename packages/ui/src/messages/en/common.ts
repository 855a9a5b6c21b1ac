import type { SameKeys } from '../../i18n/message-tree.ts';
import type { common as french } from '../fr/common.ts';

/** Words of the shared components. */
export const common: SameKeys<typeof french> = {
  actions: { close: 'Close', retry: 'Try again', skip: 'Skip to content' },
  brand: { name: 'Gigafibre' },
  fields: { optional: '(optional)' },
  steps: { position: 'Step {current} of {total}', done: 'Done' },
  connection: { live: 'Live', connecting: 'Connecting…', away: 'Offline' },
  lists: { loading: 'Loading', more: 'Show more' },
  views: {
    offline: 'You are offline. This page will appear as soon as the network is back.',
    stale: 'Offline: what you see is from {when}.',
  },
  values: { hours: '{from} to {to}' },
  palette: {
    open: 'Search or act',
    title: 'Search or act',
    placeholder: 'Name, phone, address, number… or an action',
    results: 'Results',
    searching: 'Searching…',
    nothing: 'Nothing for “{typed}”.',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    help: 'Show the shortcuts',
    close: 'Close what is open',
    escape: 'Esc',
    nextRow: 'Next row',
    previousRow: 'Previous row',
  },
  theme: { label: 'Appearance', system: 'Auto', light: 'Light', dark: 'Dark' },
  signature: {
    pad: 'Signature area',
    here: 'Sign here',
    name: 'Type your full name',
    clear: 'Clear',
    draw: 'Draw instead',
    type: 'Type my name instead',
  },
};
