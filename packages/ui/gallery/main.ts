import '../src/styles.css';
import { createApp } from 'vue';
import { createAppI18n } from '../src/index.ts';
import GalleryPage from './GalleryPage.vue';

const none = async () => ({ messages: {} });
const i18n = await createAppI18n({ fr: none, en: none });
createApp(GalleryPage).use(i18n).mount('#app');
