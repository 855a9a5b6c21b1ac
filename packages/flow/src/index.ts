export { ATTEMPTS_LIMIT, DEFAULT_RETRY, nextAttemptAt, type RetryPolicy } from './back-off.ts';
export {
  defineFlow,
  type Cancellation,
  type Flow,
  type FlowCode,
  type FlowSteps,
  type StepAttempt,
  type Waited,
} from './define-flow.ts';
export { createFlowEngine, PASSES_LIMIT, type FlowEngine, type FlowEngineParts } from './engine.ts';
export type {
  Checkpoint,
  ClaimedRun,
  FlowRef,
  FlowStore,
  Phase,
  SeenFailure,
  Signal,
  Topic,
  Waiting,
} from './flow-store.ts';
export type { Json } from './json.ts';
export { CALLS_LIMIT } from './replay.ts';
