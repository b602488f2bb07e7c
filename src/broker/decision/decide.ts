import { parseRoleArn, sessionNameOf } from '../../core/aws/role.ts';
import { containerCredentials } from '../../core/profile/container-credentials.ts';
import type { Exchanged } from '../../core/sts/exchange.ts';
import { authenticate, type Shown } from '../issuers/authenticate.ts';
import type { Verified } from '../issuers/verify-token.ts';
import { granted, type Outcome, refuse } from '../outcome/refusal.ts';
import { allowedRole, allowedRoles } from '../roles/authorize.ts';
import { roleRequest } from '../roles/role-request.ts';
import type { AuditEntry } from './audit.ts';
import type { Broker } from './broker.ts';
import type { Route } from './route.ts';

/** What a request that needs a token asks for. */
export type Wish = Exclude<Route, { kind: 'about' }>;

/** What is found out on the way is for the audit, whatever becomes of the request. */
export type Noted = Partial<AuditEntry>;

/** Decides about a request and does what it asks for. Gives the JSON to answer with; fills in `noted`. */
export async function decide(
  wish: Wish,
  shown: Shown,
  broker: Broker,
  noted: Noted,
): Promise<Outcome<unknown>> {
  const { config, issuers, usedProofs, clocks } = broker;
  if (wish.kind === 'role') noted.role = wish.name;
  const authenticated = await authenticate(shown, issuers, usedProofs, clocks.now());
  if (!authenticated.ok) return authenticated;
  const verified = authenticated.value;
  const { iss, sub, jti } = verified.claims;
  Object.assign(noted, { iss, sub, ...(typeof jti === 'string' && { jti }) });
  if (!broker.rateLimit.take(`${iss} ${sub}`, config.limits))
    return refuse('TooManyRequests', 'too many requests');
  if (wish.kind === 'roles') {
    const roles = allowedRoles(verified, config);
    return granted({
      roles: roles.map(({ name, role: { arn, maxDuration } }) => ({ name, arn, maxDuration })),
    });
  }
  return credentials(wish, shown, verified, broker, noted);
}

async function credentials(
  { name, duration }: Extract<Wish, { kind: 'role' }>,
  { authorization }: Shown,
  verified: Verified,
  broker: Broker,
  noted: Noted,
): Promise<Outcome<unknown>> {
  const allowed = allowedRole(name, verified, broker.config);
  if (allowed === undefined) return refuse('AccessDenied', 'no such role, or no rule of it fits');
  const wanted = roleRequest(allowed.role, verified.claims, duration);
  if (!wanted.ok) return wanted;
  const request = wanted.value;
  Object.assign(noted, {
    roleArn: request.roleArn,
    session: request.sessionName,
    duration: request.sessionDuration,
    ...(request.sourceIdentity !== undefined && { sourceIdentity: request.sourceIdentity }),
  });
  const { region } = broker.config;
  const assumed = await broker.flights.do([authorization, request, region], async () => {
    const start = broker.clocks.monotonic();
    const outcome = await broker.sts.assume(request, region);
    broker.metrics.sts.observe((broker.clocks.monotonic() - start) / 1000);
    return outcome;
  });
  if (!assumed.ok) return assumed;
  const { credentials: given, sessionDuration, principalArn } = assumed.value;
  Object.assign(noted, {
    accessKeyId: given.accessKeyId,
    expiration: given.expiration,
    duration: sessionDuration,
    session: sessionNameOf(principalArn),
  });
  return granted(handedOut(request.roleArn, assumed.value));
}

const handedOut = (roleArn: string, { credentials, principalArn }: Exchanged) => ({
  ...containerCredentials(credentials, parseRoleArn(roleArn)?.accountId),
  RoleArn: roleArn,
  PrincipalArn: principalArn,
});
