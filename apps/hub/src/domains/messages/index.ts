export { messagesJobs, messagesTick } from './jobs.ts';
export { readMessageMode, setMessageMode } from './mode.ts';
export { listMessages, messageFate, readMessage } from './read-messages.ts';
export { messagesRoutes } from './routes.ts';
export { sendMessage, type Recipient, type Sending } from './send-message.ts';
export { noteSmsStatus } from './sms-status.ts';
