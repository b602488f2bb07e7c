/** How many managed policies AWS takes for one session, and how many characters in all. */
export const mostPolicyArns = 10;
export const mostPolicyCharacters = 2048;

/**
 * A session policy: what a session may do at most, whatever its role may do. Source: IAM user guide, "Session
 * policies".
 */
export interface SessionPolicy {
  /** ARNs of managed policies. */
  policyArns?: string[];
  /** A policy as JSON. */
  policy?: string;
}

/** AWS's own policies for people who only look, by the name that Roleferry gives them. */
const presets = {
  'read-only': 'ReadOnlyAccess',
  'view-only': 'job-function/ViewOnlyAccess',
  'security-audit': 'SecurityAudit',
} as const;

export type Preset = keyof typeof presets;

export const presetNames = Object.keys(presets) as Preset[];

/** The session policy of a preset, in the partition of the role. */
export function presetPolicy(preset: Preset, roleArn: string): SessionPolicy {
  const [, partition] = roleArn.split(':');
  return { policyArns: [`arn:${partition}:iam::aws:policy/${presets[preset]}`] };
}

/** The preset that a session policy is, if it is one and nothing more. */
export function presetOf({ policyArns = [], policy }: SessionPolicy): Preset | undefined {
  const [arn, ...more] = policyArns;
  if (arn === undefined || more.length > 0 || policy !== undefined) return undefined;
  return presetNames.find((name) => arn.replace(/^arn:[\w-]+:iam::aws:policy\//, '') === presets[name]);
}

/** Whether two session policies are the same one; the order of ARNs says nothing. */
export const isSamePolicy = (a: SessionPolicy | undefined, b: SessionPolicy | undefined): boolean =>
  policyKey(a) === policyKey(b);

/** A text that is the same for the same session policy; empty for none. */
export const policyKey = (of: SessionPolicy | undefined): string =>
  of === undefined ? '' : JSON.stringify([[...(of.policyArns ?? [])].sort(), of.policy ?? '']);

/** What a session may do at most, in a word: a preset, or a policy of another kind. */
export type Rights = Preset | 'policy';

export const rightsNames: readonly Rights[] = [...presetNames, 'policy'];

export const rightsOf = (sessionPolicy: SessionPolicy): Rights => presetOf(sessionPolicy) ?? 'policy';
