import { fieldOperations } from '@gigafibre/contract';
import { onScopeDispose, shallowRef, watch } from 'vue';
import { useClients } from '../shell/api.ts';
import { photoStore } from './photo-store.ts';

type Shown = Readonly<{ id: string; complete: boolean }>;

/**
 * Where the pictures of a photograph are: this phone's own when it took it, the hub's otherwise. `small` is for a
 * list; `whole` for looking closely, and falls back to the small one.
 */
export function usePhotoPicture(jobId: () => string, photo: () => Shown) {
  const { field } = useClients();
  const small = shallowRef<string>();
  const whole = shallowRef<string>();
  const made: string[] = [];
  const addressOf = (bytes: Uint8Array<ArrayBuffer>): string => {
    const address = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }));
    made.push(address);
    return address;
  };
  const letGo = (): void => made.splice(0).forEach((address) => URL.revokeObjectURL(address));

  watch(
    () => [photo().id, photo().complete] as const,
    async ([id, complete]) => {
      // A browser that forbids storage shows the hub's picture only.
      const kept = await photoStore.read(id).catch(() => undefined);
      letGo();
      const far = complete
        ? field.urlOf(fieldOperations.readMyPhoto, { id: jobId(), photoId: id })
        : undefined;
      small.value = kept ? addressOf(kept.small) : far;
      whole.value = (kept?.whole ? addressOf(kept.whole) : far) ?? small.value;
    },
    { immediate: true },
  );
  onScopeDispose(letGo);
  return { small, whole };
}
