import type { Arrived } from './exchange.ts';
import type { PolicyDocument } from './iam-policy.ts';
import { refusals } from './refusal.ts';
import type { World } from './world.ts';

/** What narrows a session, and how much of the room for policies and tags is taken, in percent. */
interface SessionPolicies {
  /** `undefined` where nothing narrows it. */
  policies: PolicyDocument[] | undefined;
  packedPolicySize: number;
}

/** Policies and tags have room for 2,048 characters here; AWS packs them. */
const room = 2048;

/** Reads the session policies of a request for `roleArn`; throws AWS's refusal if it would not take them. */
export function sessionPolicies(
  { form }: Arrived,
  world: World,
  roleArn: string,
  tags: ReadonlyMap<string, string> = new Map(),
): SessionPolicies {
  const arns = arnsIn(form);
  if (arns.length > 10) {
    throw refusals.constraint('policyArns', 'Member must have length less than or equal to 10');
  }
  const policy = form.get('Policy');
  const document = policy === null ? undefined : parsed(policy);
  const characters = [...tags].flat().join('').length + [...arns, policy ?? ''].join('').length;
  const packedPolicySize = Math.ceil((characters / room) * 100);
  if (packedPolicySize > 100) throw refusals.policyTooLarge(packedPolicySize);
  if (document !== undefined && !isDocument(document))
    throw refusals.malformedPolicy('Syntax errors in policy.');
  const managed = arns.map((arn) => managedPolicy(arn, world, roleArn));
  const policies = [...managed, ...(document === undefined ? [] : [document])];
  return { policies: policies.length > 0 ? policies : undefined, packedPolicySize };
}

function arnsIn(form: URLSearchParams): string[] {
  const arns: string[] = [];
  for (let at = 1; form.has(`PolicyArns.member.${at}.arn`); at += 1) {
    arns.push(form.get(`PolicyArns.member.${at}.arn`) ?? '');
  }
  return arns;
}

function parsed(policy: string): unknown {
  try {
    return JSON.parse(policy);
  } catch {
    throw refusals.policyNotJson();
  }
}

const isDocument = (document: unknown): document is PolicyDocument => {
  const { Statement } = (document ?? {}) as { Statement?: unknown };
  return typeof Statement === 'object' && Statement !== null;
};

/** AWS's own policies are in each partition; others are for roles of their account. */
function managedPolicy(arn: string, world: World, roleArn: string): PolicyDocument {
  const [, partition, , , account, name] = arn.split(':');
  const [, ofRole, , , accountOfRole] = roleArn.split(':');
  const isInReach = partition === ofRole && (account === 'aws' || account === accountOfRole);
  const key = account === 'aws' ? `arn:aws:iam::aws:${name}` : arn;
  const found = isInReach ? world.managedPolicies[key] : undefined;
  if (found === undefined) throw refusals.managedPolicyMissing(arn);
  return found;
}
