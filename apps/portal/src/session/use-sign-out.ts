import { staffOperations } from '@gigafibre/contract';
import { sayRefusal, useLanguage, useToasts } from '@gigafibre/ui';
import { useHubCommand } from '@gigafibre/ui/hub';
import { useSession } from './session.ts';

/** Ends the session at the hub, then here. Without an answer it stays open, and says so. */
export function useSignOut() {
  const session = useSession();
  const { language } = useLanguage();
  const { show } = useToasts();
  const ending = useHubCommand(staffOperations.signOut);

  async function signOut(): Promise<void> {
    if (await ending.run({})) session.close();
    else if (ending.refused.value)
      show({ text: sayRefusal(ending.refused.value, language.value), tone: 'bad' });
  }
  return { signOut, busy: ending.busy };
}
