export {
  LIMITS_SETTING,
  readApprovalLimits,
  requireApproval,
  type ApprovalLimits,
} from './approval-limits.ts';
export { createApiKey, keyActor } from './api-keys.ts';
export {
  deactivateStaff,
  inviteStaff,
  listStaff,
  readMember,
  staffActor,
  staffActorByEmail,
  type Member,
} from './members.ts';
export { issueCode, redactEmail, type Entrance } from './sign-in.ts';
export { sessionOf, staffRoutes } from './routes.ts';
export { staffLink } from './staff-link.ts';
