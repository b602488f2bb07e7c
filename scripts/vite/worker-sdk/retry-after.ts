/** When an answer says to come again, in place of the SDK's reading, which brings all its forms of dates. */
export function parseRetryAfterHeader(response?: { headers: Record<string, string> }): Date | undefined {
  const { 'retry-after': after, 'x-amz-retry-after': milliseconds } = response?.headers ?? {};
  const time = after === undefined ? Date.now() + Number(milliseconds) : timeIn(after);
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** Seconds, or a date (RFC 9110, section 10.2.3). */
const timeIn = (after: string) =>
  /^\d+(\.\d+)?$/.test(after) ? Date.now() + 1000 * Number(after) : Date.parse(after);

/** The same under its other name, which the SDK exports. */
export const getRetryAfterHint = (response?: { headers: Record<string, string> }) =>
  parseRetryAfterHeader(response);
