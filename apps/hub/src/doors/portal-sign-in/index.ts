export { portalSignInJobs } from './jobs.ts';
export { customerActor } from './open-link.ts';
export { portalLink } from './mail-link.ts';
export { portalRoutes } from './routes.ts';
