import type { Template } from '../template.ts';
import * as collections from './collections.ts';
import * as debits from './debits.ts';
import * as payments from './payments.ts';
import * as serviceChanges from './service-changes.ts';
import * as service from './service.ts';
import * as signIn from './sign-in.ts';
import * as technician from './technician.ts';

const list = {
  ...signIn,
  ...service,
  ...serviceChanges,
  ...payments,
  ...debits,
  ...collections,
  ...technician,
} satisfies Record<string, unknown>;
export type TemplateName = (typeof list)[keyof typeof list]['name'] & string;

/** Every message the product sends, by name. */
export const templates: ReadonlyMap<string, Template> = new Map(
  // Each template checks its own variables when rendered; here only the name matters.
  Object.values(list).map((declared) => [declared.name, declared as unknown as Template]),
);
