export type * from './port.ts';
export { createSmtpMail, type SmtpSettings } from './smtp.ts';
