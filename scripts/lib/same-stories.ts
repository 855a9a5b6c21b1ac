import fc from 'fast-check';

/**
 * Where a change is judged, properties tell the same stories each time: red means the change, not the day. Everywhere
 * else they tell new ones.
 */
if (process.env['CI']) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 7 });
