export * from './call.ts';
export * from './keys.ts';
export * from './live.ts';
export * from './outbox.ts';
