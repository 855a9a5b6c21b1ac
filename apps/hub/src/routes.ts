import { customersRoutes } from './domains/customers/index.ts';
import { staffRoutes } from './domains/staff/index.ts';
import type { Env } from './env.ts';
import type { Route } from './platform/http/route.ts';

/** Every operation with what carries it out. */
export const allRoutes = (env: Env): Route[] => [...staffRoutes(env), ...customersRoutes()];
