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

/** Why a connection did not come about; `unclear` where neither Node nor the browser tells. */
export const connectionProblems = [
  'unknown-name',
  'refused',
  'certificate',
  'timeout',
  'offline',
  'unclear',
] as const;

export type ConnectionProblem = (typeof connectionProblems)[number];

/** Why AWS tools could not use a name for a profile. */
export const nameProblems = [
  'empty',
  'too-long',
  'line-break',
  'space',
  'invisible',
  'character',
  'sdk-for-javascript',
  'default',
  'placeholder',
  'command-line',
] as const;

export type NameProblem = (typeof nameProblems)[number];

/** What the policy of an administrator does not allow. */
export const forbiddenThings = ['unknown-account', 'account', 'issuer', 'partition', 'session'] as const;

export type ForbiddenThing = (typeof forbiddenThings)[number];
