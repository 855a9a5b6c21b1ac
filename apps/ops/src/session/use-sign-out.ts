import { staffOperations } from '@gigafibre/contract';
import { sayRefusal, useLanguage, useToasts } from '@gigafibre/ui';
import { useHubCommand } from '@gigafibre/ui/hub';
import { useQueryClient } from '@tanstack/vue-query';
import { placeNow } from '../shell/api.ts';
import { useSession } from './session.ts';

/** Ends the session at the hub, then here. Without an answer it stays open, and says so. */
export function useSignOut() {
  const session = useSession();
  const queries = useQueryClient();
  const { language } = useLanguage();
  const { show } = useToasts();
  const ending = useHubCommand(staffOperations.signOut);

  async function signOut(): Promise<boolean> {
    const done = (await ending.run({})) !== undefined;
    if (done) {
      session.close(placeNow());
      queries.clear();
    } else if (ending.refused.value)
      show({ text: sayRefusal(ending.refused.value, language.value), tone: 'bad' });
    return done;
  }
  return { signOut, busy: ending.busy };
}
