import { staffOperations, type InputOf, type OutputOf } from '@gigafibre/contract';
import { sayRefusal, useLanguage, useToasts } from '@gigafibre/ui';
import { useHubCommand, useHubQuery } from '@gigafibre/ui/hub';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '../session/session.ts';

export type Member = OutputOf<typeof staffOperations.listStaff>['rows'][number];

/** More colleagues than this and the list would want pages; the largest company here has a tenth. */
const MEMBERS_MAX = 200;

/** The team: who is in it, and the verbs on it. */
export function useTeam() {
  const { t } = useI18n();
  const { language } = useLanguage();
  const { show } = useToasts();
  const session = useSession();
  const seen = useHubQuery(staffOperations.listStaff, () => ({ limit: MEMBERS_MAX }));
  const inviting = useHubCommand(staffOperations.inviteStaff, { stale: [staffOperations.listStaff] });
  const closing = useHubCommand(staffOperations.deactivateStaff, {
    stale: [staffOperations.listStaff],
    optimistic: ({ id }, queries) => {
      const key = { queryKey: [staffOperations.listStaff.name] };
      const before = queries.getQueriesData<OutputOf<typeof staffOperations.listStaff>>(key);
      queries.setQueriesData<OutputOf<typeof staffOperations.listStaff>>(key, (page) =>
        page
          ? { ...page, rows: page.rows.map((row) => (row.id === id ? { ...row, active: false } : row)) }
          : page,
      );
      return () => before.forEach(([queryKey, data]) => queries.setQueryData(queryKey, data));
    },
  });

  /** True when the invitation left; otherwise `inviteRefused` says why not. */
  async function invite(input: InputOf<typeof staffOperations.inviteStaff>): Promise<boolean> {
    const member = await inviting.run(input);
    if (member) show({ text: t('staff.invited', { name: member.name }), tone: 'ok' });
    return member !== undefined;
  }
  async function closeAccess(member: Member): Promise<void> {
    const closed = await closing.run({ id: member.id });
    if (closed) show({ text: t('staff.deactivated', { name: member.name }), tone: 'ok' });
    else if (closing.refused.value)
      show({ text: sayRefusal(closing.refused.value, language.value), tone: 'bad' });
  }
  return {
    seen,
    can: computed(() => ({
      invite: session.can('settings.users'),
      closeAccess: session.can('settings.users'),
    })),
    invite,
    inviting: inviting.busy,
    inviteRefused: inviting.refused,
    closeAccess,
  };
}
