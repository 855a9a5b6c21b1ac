export { registerAcceptPage } from './register.ts';
