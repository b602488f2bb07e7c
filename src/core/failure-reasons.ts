/** What there is to do when AWS says that an assertion is wrong, by what is wrong with it. */
export const tokenRemedies = [
  'session-name-missing',
  'session-name-unfit',
  'source-identity-unfit',
  'signature',
  'other-issuer',
  'provider-missing',
  'audience',
  'too-early',
  'metadata',
  'unknown',
] as const;

export type TokenRemedy = (typeof tokenRemedies)[number];
