import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CauseCode } from '../../src/core/cause.ts';
import { exchange } from '../../src/core/sts/exchange.ts';
import { said } from '../fixtures/said.ts';
import { startSdkRehearsal } from '../fixtures/sdk-rehearsal.ts';
import type { Rehearsal } from '../rehearsal/server.ts';

/** What STS answers when it refuses, with AWS's wordings as far as they are public; not part of this repository. */
const samples = join(process.env.ROLEFERRY_SAMPLES ?? '../shared/samples', 'sts');
const missing = !existsSync(samples);
if (missing && process.env.CI === 'true') throw new Error(`no answers of STS in ${samples}`);
if (missing) console.warn(`Skipped: no answers of STS in ${samples} (set ROLEFERRY_SAMPLES)`);

interface Sample {
  file: string;
  status: number;
  code: string;
  message: string;
}

/** What the user reads first of each, the words of it, and the likeliest cause where one is told. */
const explained: Record<string, [code: string, words: string, cause?: CauseCode]> = {
  'error-expired-5min.xml': ['sts-expired', 'five minutes', 'expired'],
  'error-expired-response.xml': ['sts-expired', 'expired', 'expired'],
  'error-invalid-signature.xml': ['sts-invalid-token', 'Response signature invalid', 'signature'],
  'error-rsn-missing.xml': ['sts-invalid-token', 'RoleSessionName is required', 'session-name-missing'],
  'error-rsn-bad.xml': [
    'sts-invalid-token',
    'RoleSessionName in AuthnResponse must match',
    'session-name-invalid',
  ],
  'error-source-identity-bad.xml': [
    'sts-invalid-token',
    'Source Identity must match',
    'source-identity-invalid',
  ],
  'error-issuer-unknown.xml': [
    'sts-invalid-token',
    'Issuer not present in specified provider',
    'other-issuer',
  ],
  'error-provider-missing.xml': ['sts-invalid-token', "Specified provider doesn't exist", 'provider-missing'],
  'error-audience.xml': ['sts-invalid-token', 'required audience', 'audience'],
  'error-idp-rejected.xml': ['sts-idp-rejected', 'authentication failed', 'login-failed'],
  'error-access-denied.xml': ['sts-access-denied', 'role/Admin', 'role-not-trusting'],
  'error-packed-policy.xml': ['sts-tags-too-large', 'session tags', 'tags-too-large'],
  'error-malformed-policy.xml': ['sts-refused', 'MalformedPolicyDocument'],
  'error-duration-over-max.xml': ['sts-duration', '3600 seconds', 'duration-over-role'],
  'error-duration-low.xml': ['sts-duration', '3600 seconds', 'duration-over-role'],
  'error-arn-invalid.xml': ['sts-refused', 'is invalid'],
  'error-region-disabled.xml': ['sts-region-disabled', 'us-east-1', 'region-disabled'],
  'error-throttling.xml': ['sts-throttled', 'throttling', 'throttled'],
  'error-service-unavailable.xml': ['sts-unavailable', 'HTTP 503'],
  'recorded-InvalidIdentityToken-webidentity.xml': ['sts-invalid-token', 'AWS does not accept'],
};

const refusals: Sample[] = missing
  ? []
  : JSON.parse(readFileSync(join(samples, 'errors.json'), 'utf8')).filter(
      ({ file, status }: Sample) => file?.endsWith('.xml') && status >= 400,
    );

describe.skipIf(missing)('a refusal of STS', () => {
  let rehearsal: Rehearsal;

  beforeAll(async () => {
    rehearsal = await startSdkRehearsal();
  });

  afterAll(() => rehearsal?.close());

  it('is known for every sample', () => {
    expect(Object.keys(explained).sort()).toEqual(refusals.map(({ file }) => file).sort());
  });

  it.each(refusals)(
    'as in $file is said with its cause, and in AWS’s own words in the details',
    async (sample) => {
      const body = readFileSync(join(samples, sample.file), 'utf8');
      // STS sends the request ID in a header as well, where the SDK takes it from.
      const requestId = /<RequestId>([^<]+)</.exec(body)?.[1] ?? 'a-request-id';
      const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
      rehearsal.onSts = () => ({ status: sample.status, headers, body });
      const given = await exchange({
        response: rehearsal.issueResponse({ user: 'bob' }),
        role: {
          roleArn: 'arn:aws:iam::111122223333:role/Admin',
          providerArn: 'arn:aws:iam::111122223333:saml-provider/Rehearsal',
        },
        region: 'us-east-1',
        sessionDuration: 3600,
      });
      if (given.ok) throw new Error('STS was expected to refuse.');
      const [code, words, cause] = explained[sample.file] ?? [];
      expect(given.failure.code).toBe(code);
      expect(said(given)).toContain(words);
      expect(given.failure.refusal?.cause?.code).toBe(cause);
      expect(given.failure.details).toContain(`HTTP ${sample.status}`);
      expect(given.failure.details).toContain(requestId);
    },
  );
});
