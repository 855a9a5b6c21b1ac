import type { Capability } from '@gigafibre/contract';
import { useI18n } from 'vue-i18n';
import { useSession } from './session.ts';

/** Why the person on screen may not do something, as the `reason` of a control; null when they may. */
export function useMayNot(): (capability: Capability) => string | null {
  const session = useSession();
  const { t } = useI18n();
  return (capability) => (session.can(capability) ? null : t('shell.noRight'));
}
