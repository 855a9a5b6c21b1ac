export { apiKey, refusedOf, type Api } from './api.ts';
export { keepAnswers, type KeepOptions } from './kept-answers.ts';
export { rememberedSession, rememberSession, type SessionState } from './remembered-session.ts';
export { createHub } from './create-hub.ts';
export { createQueryClient, markStale } from './query-client.ts';
export { useHubCommand, type HubCommand, type HubCommandOptions } from './use-hub-command.ts';
export { useHubQuery, type HubQueryOptions } from './use-hub-query.ts';
