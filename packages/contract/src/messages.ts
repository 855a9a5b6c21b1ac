import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { ids, instant, language, line, page, pageInput } from './values.ts';

export const messageChannel = z.enum(['email', 'sms']);
/** `held`: kept and readable, not sent, because the mode says so. `unknown`: may have left; a person decides. */
export const messageStatus = z.enum([
  'held',
  'queued',
  'sending',
  'sent',
  'delivered',
  'failed',
  'unknown',
  'suppressed',
]);
export const messageMode = z.enum(['sandbox', 'allowlist', 'live']);

export const message = z.object({
  id: ids.message,
  channel: messageChannel,
  to: z.string(),
  customerId: ids.customer.nullable(),
  template: z.string(),
  language,
  subject: z.string().nullable(),
  text: z.string(),
  status: messageStatus,
  failure: z.string().nullable(),
  attempts: z.int(),
  createdAt: instant,
  sentAt: instant.nullable(),
  attachments: z.array(z.object({ name: z.string(), path: z.string() })),
});

const modeSettings = z.object({ mode: messageMode, allowlist: z.array(z.string()) });

export const messagesOperations = {
  listMessages: query({
    name: 'messages.listMessages',
    path: '/api/messages',
    summary: 'Outgoing messages, newest first; in sandbox mode this is where they can be read.',
    allow: 'messages.read',
    input: z.object({
      ...pageInput,
      customerId: ids.customer.optional(),
      channel: messageChannel.optional(),
      status: messageStatus.optional(),
    }),
    output: page(message),
  }),
  readMessage: query({
    name: 'messages.readMessage',
    path: '/api/messages/{id}',
    summary: 'One outgoing message with its HTML form.',
    allow: 'messages.read',
    input: z.object({ id: ids.message }),
    output: message.extend({ html: z.string().nullable() }),
    refusals: ['not_found'],
  }),
  resendMessage: command({
    name: 'messages.resendMessage',
    path: '/api/messages/{id}/resend',
    summary: 'Queues a failed or unknown message again.',
    allow: 'messages.write',
    input: z.object({ id: ids.message }),
    output: message,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  readMessageMode: query({
    name: 'messages.readMessageMode',
    path: '/api/settings/messages',
    summary: 'Whether outgoing messages leave, and to whom in allowlist mode.',
    allow: 'messages.read',
    input: z.object({}),
    output: modeSettings,
  }),
  setMessageMode: command({
    name: 'messages.setMessageMode',
    method: 'PUT',
    path: '/api/settings/messages',
    summary: 'Lets messages leave (live), only to listed addresses (allowlist), or keeps them all (sandbox).',
    allow: 'settings.system',
    input: z.object({ mode: messageMode, allowlist: z.array(line(254)).max(500).default([]) }),
    output: modeSettings,
  }),
};

export const messagesEvents = {
  messageWritten: event({
    type: 'message.written',
    subject: 'message',
    data: z.object({ template: z.string(), channel: messageChannel }),
    seenWith: 'messages.read',
    stale: ['messages.listMessages', 'views.customer360'],
  }),
  messageMoved: event({
    type: 'message.moved',
    subject: 'message',
    data: z.object({ status: messageStatus }),
    seenWith: 'messages.read',
    stale: ['messages.listMessages', 'messages.readMessage', 'views.customer360'],
  }),
  messageModeSet: event({
    type: 'message_mode.set',
    subject: 'setting',
    data: z.object({ mode: messageMode }),
    seenWith: 'messages.read',
    stale: ['messages.readMessageMode', 'staff.readSession'],
  }),
};
