import { AssumeRoleWithSAMLCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startSdkRehearsal } from '../../../test/fixtures/sdk-rehearsal.ts';
import type { Rehearsal } from '../../../test/rehearsal/server.ts';
import { stsClient } from './sts-client.ts';

// test/build/sts-answers.test.ts tests how the extension asks, with the SDK for browsers.

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await startSdkRehearsal();
});
afterAll(() => rehearsal?.close());

it('asks over Node with what AWS_DEFAULTS_MODE says of connections', async () => {
  vi.stubEnv('AWS_DEFAULTS_MODE', 'in-region');
  const client = stsClient({ region: 'us-east-1' });
  const empty = { RoleArn: 'x', PrincipalArn: 'x', SAMLAssertion: 'x' };
  await expect(client.send(new AssumeRoleWithSAMLCommand(empty))).rejects.toHaveProperty('$metadata');
  const handler = client.config.requestHandler as unknown as { httpHandlerConfigs(): object };
  expect(handler.httpHandlerConfigs()).toMatchObject({ connectionTimeout: 1100 });
  client.destroy();
});

it('takes three attempts, whatever AWS_MAX_ATTEMPTS says', async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '7');
  expect(await stsClient({ region: 'us-east-1' }).config.maxAttempts()).toBe(3);
});
