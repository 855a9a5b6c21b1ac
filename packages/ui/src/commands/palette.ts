import { shallowRef } from 'vue';

/** Whether the palette is open; one per app, opened from anywhere. */
export const paletteOpen = shallowRef(false);
/** Whether the list of shortcuts is open. */
export const shortcutHelpOpen = shallowRef(false);
