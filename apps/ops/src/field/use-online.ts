import { onScopeDispose, readonly, shallowRef, type Ref } from 'vue';

/** Whether the phone says it has a network. It may be wrong about the hub; it is right that without one nothing comes. */
export function useOnline(): Readonly<Ref<boolean>> {
  const online = shallowRef(navigator.onLine);
  const look = (): void => {
    online.value = navigator.onLine;
  };
  window.addEventListener('online', look);
  window.addEventListener('offline', look);
  onScopeDispose(() => {
    window.removeEventListener('online', look);
    window.removeEventListener('offline', look);
  });
  return readonly(online);
}
