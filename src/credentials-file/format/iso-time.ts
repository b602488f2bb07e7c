/**
 * A time of `x_security_token_expires` in UTC, if it is one. Other tools write the same key, some with an offset and
 * some with a blank for the T.
 */
export function isoTime(written: string | undefined): string | undefined {
  // Stryker disable next-line StringLiteral: neither is a time
  const time = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:?\d\d)$/.exec(written ?? '');
  if (!time) return undefined;
  const date = new Date(`${time[1]}T${time[2]}${time[3]}`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
