import { computed, onMounted, onUnmounted, shallowRef } from 'vue';

const KEY = 'gigafibre.navigation-folded';
/** Below this the navigation lies over the page and closes after use. */
const NARROW = '(max-width: 56rem)';

/** How the navigation stands: open or folded to icons on a desk, hidden until asked for on a phone. */
export function useDrawer() {
  const media = window.matchMedia(NARROW);
  const narrow = shallowRef(media.matches);
  const folded = shallowRef(localStorage.getItem(KEY) === 'yes');
  const shown = shallowRef(false);
  const follow = (): void => {
    narrow.value = media.matches;
    shown.value = false;
  };
  onMounted(() => media.addEventListener('change', follow));
  onUnmounted(() => media.removeEventListener('change', follow));

  function toggle(): void {
    if (narrow.value) {
      shown.value = !shown.value;
      return;
    }
    folded.value = !folded.value;
    localStorage.setItem(KEY, folded.value ? 'yes' : 'no');
  }
  const open = computed({
    get: () => !narrow.value || shown.value,
    set: (next: boolean) => {
      shown.value = next;
    },
  });
  return { open, folded, narrow, toggle };
}
