import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saying } from '../../test/fixtures/said.ts';
import { refusalByPolicy } from './refusal.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'roleferry-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const login = { issuer: 'https://idp.example', providerArn: 'arn:aws:iam::111122223333:saml-provider/Idp' };

function refusal(policy: string | undefined, minutes = 60) {
  const policyFile = join(root, 'policy.json');
  if (policy !== undefined) writeFileSync(policyFile, policy, { mode: 0o644 });
  const machine = { policyFile, administrator: process.getuid?.(), logger: undefined, logSocket: undefined };
  return refusalByPolicy(machine, {
    arn: 'arn:aws:sts::111122223333:assumed-role/Dev/jo',
    profile: 'dev',
    source: login,
    expiration: new Date(Date.now() + minutes * 60_000).toISOString(),
  });
}

describe('credentials that are in a file already', () => {
  it.each([undefined, '{}', '{"allowedAccounts":["111122223333"],"maxSessionDuration":3600}'])(
    'may be handed out under the policy %s',
    (policy) => {
      expect(refusal(policy)).toBeUndefined();
    },
  );

  it('may not where the policy forbids them, their length, or where it cannot be read', () => {
    expect(refusal('{"allowedAccounts":[]}')).toEqual(saying('policy-forbids', 'account 111122223333'));
    expect(refusal('{"maxSessionDuration":3600}', 120)).toEqual(saying('policy-forbids', '120'));
    expect(refusal('{')).toMatchObject({ code: 'machine-policy-invalid' });
  });
});
