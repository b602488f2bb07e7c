import type { RoleConfig } from '../config/schema.ts';
import type { Verified } from '../issuers/verify-token.ts';
import { granted, type Outcome, refuse } from '../outcome/refusal.ts';
import { sessionName } from './session-name.ts';

/** What STS is to be asked for. */
export interface RoleRequest {
  roleArn: string;
  sessionName: string;
  /** Seconds. */
  sessionDuration: number;
  sourceIdentity?: string;
  tags: Record<string, string>;
  externalId?: string;
  /** JSON. */
  sessionPolicy?: { policy: string };
}

/** STS API reference, data type Tag: Value. */
const tagValue = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/**
 * What to ask STS for, for a role that the token may have; `duration` in seconds can only shorten. Refused where a
 * claim is missing that a name or a tag is made of, and where a tag would not be exactly what the token says.
 */
export function roleRequest(
  role: RoleConfig,
  claims: Verified['claims'],
  duration?: number,
): Outcome<RoleRequest> {
  const missing = new Set<string>();
  const fill = (template: string): string =>
    template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
      const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
      if (typeof value === 'string' || typeof value === 'number') return String(value);
      missing.add(name);
      return '';
    });
  const tags = Object.fromEntries(Object.entries(role.tags).map(([key, value]) => [key, fill(value)]));
  const request: RoleRequest = {
    roleArn: role.arn,
    sessionName: sessionName(fill(role.sessionName)),
    sessionDuration: Math.min(duration ?? role.maxDuration, role.maxDuration),
    ...(role.sourceIdentity !== undefined && { sourceIdentity: sessionName(fill(role.sourceIdentity)) }),
    tags,
    ...(role.externalId !== undefined && { externalId: role.externalId }),
    ...(role.policy !== null && { sessionPolicy: { policy: JSON.stringify(role.policy) } }),
  };
  if (missing.size > 0) return refuse('AccessDenied', `the token lacks ${[...missing].join(', ')}`);
  const unfit = Object.keys(tags).find((key) => !tagValue.test(tags[key] ?? ''));
  if (unfit !== undefined) return refuse('AccessDenied', `AWS takes no tag of this value: ${unfit}`);
  return granted(request);
}
