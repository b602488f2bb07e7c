import { createHash } from 'node:crypto';
import { type Caller, Callers, mayDo } from './callers.ts';
import type { Answer, Arrived } from './exchange.ts';
import { kindOfHost } from './hosts.ts';
import { errorAnswer, type Fields, resultAnswer } from './query-protocol.ts';
import { Refusal, refusals } from './refusal.ts';
import { sessionContext } from './session-context.ts';
import { sessionPolicies } from './session-policy.ts';
import { parseResponse } from './signed-assertion.ts';
import { verifySignature } from './sigv4.ts';
import { type Claims, verifyResponse } from './verify-response.ts';
import type { Role, World } from './world.ts';

const version = '2011-06-15';
const chainingLimit = 3600;

/**
 * The rehearsal's STS over `world`. `callers` remembers the credentials that it handed out, so that signed requests
 * made with them can be verified; `now` is its clock, in milliseconds since the epoch.
 */
export function makeSts(
  world: World,
  now: () => number,
  callers = new Callers(world),
): (request: Arrived) => Answer {
  const findRole = (arn: string): Role | undefined => world.roles.find((role) => role.arn === arn);

  function assumeRoleWithSaml(request: Arrived): Fields {
    const assertion = parameter(request, 'SAMLAssertion');
    if (assertion.length < 4) {
      throw refusals.constraint('sAMLAssertion', 'Member must have length greater than or equal to 4');
    }
    if (assertion.length > 100_000) {
      throw refusals.constraint('sAMLAssertion', 'Member must have length less than or equal to 100000');
    }
    const roleArn = arnParameter(request, 'RoleArn');
    const principalArn = arnParameter(request, 'PrincipalArn');
    const seconds = durationParameter(request);
    const provider = world.providers.find((candidate) => candidate.arn === principalArn);
    const response = parseResponse(assertion, provider?.decryption?.privateKeyPem);
    if (provider === undefined || !isInPartitionOf(request.host, world, principalArn)) {
      throw refusals.providerMissing();
    }
    const claims = verifyResponse(response, provider, now());
    const { policies, packedPolicySize } = sessionPolicies(request, world, roleArn, claims.tags);
    const role = findRole(roleArn);
    if (role === undefined || !isTrusted(role, principalArn, claims)) throw refusals.notAuthorizedWithSaml();
    if (seconds !== undefined && seconds > role.maxSessionDuration) throw refusals.durationAboveRole();

    const expiresAt = Math.min(
      now() + (seconds ?? 3600) * 1000,
      claims.sessionNotOnOrAfter ?? Number.POSITIVE_INFINITY,
    );
    const [, , , , account = '', providerResource = ''] = principalArn.split(':');
    return {
      ...callers.openSession(role, claims.roleSessionName, expiresAt, policies),
      PackedPolicySize: packedPolicySize,
      Subject: claims.subject,
      SubjectType: claims.subjectType,
      Issuer: claims.issuer,
      Audience: claims.recipient,
      // Source: API reference, AssumeRoleWithSAML, NameQualifier.
      NameQualifier: createHash('sha1')
        .update(claims.issuer + account + providerResource.replace(/^saml-provider/, ''))
        .digest('base64'),
    };
  }

  function assumeRole(request: Arrived): Fields {
    const caller = verifySignature(request, callers.find, now());
    const roleArn = arnParameter(request, 'RoleArn');
    const sessionName = parameter(request, 'RoleSessionName');
    if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
      throw refusals.constraint(
        'roleSessionName',
        'Member must satisfy regular expression pattern: [\\w+=,.@-]*',
        sessionName,
      );
    }
    const seconds = durationParameter(request);
    const { policies, packedPolicySize } = sessionPolicies(request, world, roleArn);
    const { tags, sourceIdentity } = sessionContext(request.form);
    const withMfa = checkMfa(request, caller);

    const role = findRole(roleArn);
    const account = `${caller.trustedAs.split(':').slice(0, 5).join(':')}:root`;
    const trusts = role?.trusts.some((arn) => arn === caller.trustedAs || arn === account);
    if (
      role === undefined ||
      !trusts ||
      !mayDo(caller, 'sts:AssumeRole', roleArn) ||
      (role.requiresMfa && !withMfa) ||
      (role.externalId !== undefined && role.externalId !== request.form.get('ExternalId'))
    ) {
      throw refusals.notAuthorized(caller.arn, roleArn);
    }
    const allows = (action: 'TagSession' | 'SetSourceIdentity') => role.allows?.includes(action);
    if (tags.size > 0 && !allows('TagSession'))
      throw refusals.notAuthorized(caller.arn, roleArn, 'TagSession');
    if (sourceIdentity !== undefined && !allows('SetSourceIdentity')) {
      throw refusals.notAuthorized(caller.arn, roleArn, 'SetSourceIdentity');
    }
    const isChained = caller.user === undefined;
    if (isChained && seconds !== undefined && seconds > chainingLimit) throw refusals.durationAboveChaining();
    if (seconds !== undefined && seconds > role.maxSessionDuration) throw refusals.durationAboveRole();
    return {
      ...callers.openSession(role, sessionName, now() + (seconds ?? 3600) * 1000, policies),
      PackedPolicySize: packedPolicySize,
      SourceIdentity: sourceIdentity,
    };
  }

  /** No policy can forbid it. */
  function getCallerIdentity(request: Arrived): Fields {
    const { arn, userId } = verifySignature(request, callers.find, now());
    return { Arn: arn, UserId: userId, Account: arn.split(':')[4] };
  }

  const actions: Record<string, (request: Arrived) => Fields> = {
    AssumeRoleWithSAML: assumeRoleWithSaml,
    AssumeRole: assumeRole,
    GetCallerIdentity: getCallerIdentity,
  };

  /** With AWS's clock, by which clients know whether theirs is right. */
  const dated = (answer: Answer): Answer => ({
    ...answer,
    headers: { ...answer.headers, date: new Date(now()).toUTCString() },
  });

  return (request) => {
    try {
      const name = request.form.get('Action') ?? '';
      const asked = request.form.get('Version') ?? '';
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (action === undefined || asked !== version) throw refusals.unknownAction(name, asked);
      return dated(resultAnswer(name, action(request)));
    } catch (error) {
      if (error instanceof Refusal) return dated(errorAnswer(error.status, error.code, error.message));
      throw error;
    }
  };
}

/** True when the code is right, false when none was sent; a wrong one is refused whatever the role asks. */
function checkMfa(request: Arrived, caller: Caller): boolean {
  const serialNumber = request.form.get('SerialNumber');
  const tokenCode = request.form.get('TokenCode');
  if (serialNumber === null && tokenCode === null) return false;
  const mfa = caller.user?.mfa;
  if (mfa?.serialNumber !== serialNumber || mfa.tokenCode !== tokenCode) throw refusals.wrongMfaCode();
  return true;
}

function parameter(request: Arrived, name: string): string {
  const value = request.form.get(name);
  if (value === null) throw refusals.missingParameter(memberName(name));
  return value;
}

function arnParameter(request: Arrived, name: string): string {
  const arn = parameter(request, name);
  if (arn.length < 20) {
    throw refusals.constraint(memberName(name), 'Member must have length greater than or equal to 20', arn);
  }
  if (!/^arn:aws[a-z-]*:iam::\d{12}:(?:role|saml-provider)\/[\w+=,.@/-]+$/.test(arn))
    throw refusals.notAnArn(arn);
  return arn;
}

/** Seconds, or undefined when the caller leaves it to AWS. */
function durationParameter(request: Arrived): number | undefined {
  const text = request.form.get('DurationSeconds');
  if (text === null) return undefined;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 900) {
    throw refusals.constraint('durationSeconds', 'Member must have value greater than or equal to 900', text);
  }
  if (Number(text) > 43_200) {
    throw refusals.constraint('durationSeconds', 'Member must have value less than or equal to 43200', text);
  }
  return Number(text);
}

/** Whether a role's trust policy lets a login through this provider assume it. */
function isTrusted(role: Role, provider: string, claims: Claims): boolean {
  const { subject, recipient, tags, sourceIdentity, roles } = claims;
  const isOffered = roles.some((pair) => pair.role === role.arn && pair.provider === provider);
  const isSameAccount = role.arn.split(':')[4] === provider.split(':')[4];
  const allows = (action: 'TagSession' | 'SetSourceIdentity') => role.allows?.includes(action) === true;
  return (
    isOffered &&
    isSameAccount &&
    role.trusts.includes(provider) &&
    subject !== '' &&
    (role.samlAudiences?.includes(recipient) ?? true) &&
    (tags.size === 0 || allows('TagSession')) &&
    (sourceIdentity === undefined || allows('SetSourceIdentity'))
  );
}

/** AWS spells members with a small first letter in its messages. */
const memberName = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** Each partition has its own STS hosts and knows nothing of the others; a bare address stands for any. */
function isInPartitionOf(host: string, world: World, arn: string): boolean {
  if (kindOfHost(host, world) !== 'sts') return true;
  const partition = host.endsWith('.amazonaws.com.cn')
    ? 'aws-cn'
    : host.endsWith('.amazonaws.eu')
      ? 'aws-eusc'
      : host.includes('.us-gov-')
        ? 'aws-us-gov'
        : 'aws';
  return arn.startsWith(`arn:${partition}:`);
}
