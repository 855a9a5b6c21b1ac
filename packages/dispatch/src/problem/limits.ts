/** The largest problem that is taken on: memory and time stay bounded by these, whatever comes in. */
export const PLACES_MAX = 6_000;
export const JOBS_MAX = 20_000;
export const ROUTES_MAX = 10_000;
/** Tasks times routes. */
export const PAIRS_MAX = 12_000_000;
/** Beyond this a time or a distance is not one. */
export const VALUE_MAX = 100_000_000;
export const CREW_MAX = 8;
export const BREAKS_MAX = 8;
export const WINDOWS_MAX = 100;
export const LOADS_MAX = 16;
/** How many faults of a problem are told at once. */
export const REFUSALS_MAX = 50;
/** Where there is no road: later than any time. */
export const NO_ROAD = 500_000_000;
