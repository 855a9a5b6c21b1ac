import type { SameKeys } from '@gigafibre/ui';
import type { staff as french } from '../fr/staff.ts';

/** Words of the team's page. */
export const staff: SameKeys<typeof french> = {
  title: 'Team',
  label: 'Team members',
  name: 'Name',
  email: 'E-mail',
  role: 'Role',
  language: 'Language',
  lastSeen: 'Seen',
  access: 'Access',
  never: 'Never',
  inactive: 'Access closed',
  invite: 'Invite',
  inviteTitle: 'Invite somebody',
  inviteHint: 'They receive a link by e-mail and choose when to open it.',
  send: 'Send the invitation',
  invited: 'Invitation sent to {name}.',
  empty: 'Nobody yet',
  emptyText: 'Invite the colleagues who will work here.',
  deactivate: 'Close access',
  deactivated: 'Access of {name} is closed.',
  french: 'French',
  english: 'English',
};
