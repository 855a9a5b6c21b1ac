import { onMounted, shallowRef } from 'vue';

/** How full the phone's place for this app is, and whether the phone promised not to empty it. */
export function useStorageState() {
  const usedPercent = shallowRef(0);
  const persistent = shallowRef(false);
  onMounted(async () => {
    // Absent on plain http and in old browsers: then the answer stays "not promised".
    persistent.value = (await navigator.storage?.persisted?.()) ?? false;
    const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    usedPercent.value = quota === 0 ? 0 : Math.round((usage / quota) * 100);
  });
  return { usedPercent, persistent };
}
