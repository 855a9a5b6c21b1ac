export { holdForDeath } from './agreed/holds.ts';
export { collectionsJobs, collectionsTick } from './jobs.ts';
export { judgeDebt } from './judge-debt.ts';
export { noticeOf, type Notice } from './notice.ts';
export { readAccount, type CollectionAccount } from './read-account.ts';
export { reviewIfLate } from './review-account.ts';
export { collectionsRoutes } from './routes.ts';
export { noteNotice, type MessageFate } from './walk-ladders.ts';
