import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/**
 * Assertions of real identity providers, found in public repositories, with readings by libxml2 and expat. They are
 * not part of this repository; where they are missing these tests are skipped, on CI they fail.
 */
const samples = join(process.env.ROLEFERRY_SAMPLES ?? '../shared/samples', 'saml');
const missing = !existsSync(samples);
if (missing && process.env.CI === 'true') throw new Error(`no SAML samples in ${samples}`);
if (missing) console.warn(`Skipped: no SAML samples in ${samples} (set ROLEFERRY_SAMPLES)`);

/** Where Roleferry is meant to read otherwise than libxml2; see docs/decisions. */
const differences: Record<string, { reason: string; refused?: boolean; roles?: number }> = {
  'pingfederate-saml2aws-pretty.xml': {
    reason:
      'its elements are in no namespace: AWS could not validate it, and look-alikes are read that way (0004)',
    refused: true,
  },
  'google-cevo-too-many-commas.xml': {
    reason: 'a comma behind the provider is passed over, as the console does (0010)',
    roles: 3,
  },
};

interface Expected {
  wellformed: boolean;
  encrypted?: boolean;
  issuer: string | null;
  pairs?: { principal: string; role: string }[];
  pairs_tolerant?: { principal: string; role: string }[];
  role_session_name?: string | null;
  session_duration_seconds?: number | null;
  conditions?: { not_on_or_after: string | null };
  subject_confirmation_not_on_or_after?: string | null;
}

const roleferry = fileURLToPath(new URL('../../dist/node/roleferry.cjs', import.meta.url));

function inspect(file: string) {
  const input = readFileSync(join(samples, file));
  return spawnSync(process.execPath, [roleferry, 'inspect', '--json'], { input, encoding: 'utf8' });
}

const expectedReadings: Record<string, Expected> = missing
  ? {}
  : JSON.parse(readFileSync(join(samples, 'expected.json'), 'utf8'));

describe.skipIf(missing)('roleferry inspect', () => {
  const cases = Object.entries(expectedReadings);

  it('has samples to look at', () => {
    expect(cases.length).toBeGreaterThan(30);
  });

  it.each(cases.filter(([file, { wellformed }]) => !wellformed || differences[file]?.refused))(
    'refuses %s, says why on stderr, and prints nothing',
    (file) => {
      const { status, stdout, stderr } = inspect(file);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^roleferry: .+\nhint: .+\n$/);
    },
  );

  it.each(cases.filter(([file, { wellformed }]) => wellformed && !differences[file]?.refused))(
    'reads %s as libxml2 does',
    (file, expected) => {
      const { status, stdout, stderr } = inspect(file);
      expect([status, stderr]).toEqual([0, '']);
      const tolerant = differences[file]?.roles === undefined ? undefined : expected.pairs_tolerant;
      const roles = (tolerant ?? expected.pairs ?? []).map(({ role, principal }) => ({
        roleArn: role,
        providerArn: principal,
      }));
      const end = expected.conditions?.not_on_or_after ?? null;
      expect(JSON.parse(stdout)).toMatchObject({
        issuer: expected.issuer,
        encrypted: expected.encrypted ?? false,
        sessionName: expected.role_session_name ?? null,
        sessionDuration: expected.session_duration_seconds ?? null,
        notOnOrAfter: end,
        roles,
      });
    },
  );
});
