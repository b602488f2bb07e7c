/** From this long before their end on, credentials count as about to expire; milliseconds. */
export const expiryLeadMilliseconds = 10 * 60_000;
