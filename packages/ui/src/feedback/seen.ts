import type { Ref } from 'vue';
import type { Refused } from './refused.ts';

/**
 * What a screen knows of something it asked for. `loading` and `offline`: nothing to show yet. `refused`: the hub
 * said no. `ready`: data is there, and `staleSince` says from when it dates if the network is gone.
 */
export type Seen<Data> = Readonly<{
  data: Readonly<Ref<Data | undefined>>;
  state: Readonly<Ref<'loading' | 'ready' | 'refused' | 'offline'>>;
  refused: Readonly<Ref<Refused | null>>;
  staleSince: Readonly<Ref<Date | null>>;
  refresh: () => void;
}>;
