/** What can be stored and read back the same: inputs, results of steps, data of signals. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
