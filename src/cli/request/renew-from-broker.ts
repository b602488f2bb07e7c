import { failed, ok, type Result } from '../../core/result.ts';
import { type AwsFiles, writeProfiles } from '../../credentials-file/index.ts';
import { readMachinePolicy } from '../../machine-policy/read-policy.ts';
import type { BrokerProfile } from '../../native-host/registration/install-record.ts';
import { credentialsFrom } from './ask-broker.ts';
import { brokerAt } from './broker-address.ts';
import { rememberBroker } from './broker-profiles.ts';
import { personCaller } from './person.ts';

/**
 * Has the user log in again and writes new credentials from the broker to a profile that it gave before. Never takes over
 * a profile of another account. Failures: those of the login, of the broker and of writing.
 */
export async function renewFromBroker(
  files: AwsFiles,
  known: BrokerProfile,
  seconds: number,
  ended: AbortSignal,
): Promise<Result<void>> {
  const { profile: name, url, role } = known;
  const broker = brokerAt(url);
  if (!broker.ok) return broker;
  const policy = readMachinePolicy(files.machine);
  if (!policy.ok) return policy;
  const caller = await personCaller(broker.value, { seconds }, ended);
  if (!caller.ok) return caller;
  const given = await credentialsFrom(broker.value, role, policy.value?.maxSessionDuration, caller.value);
  if (!given.ok) return given;
  const { credentials, principalArn, roleArn } = given.value;
  const update = { name, credentials, principalArn, source: { issuer: url, providerArn: '' } };
  const written = await writeProfiles(files, [update], () => true, 'cli');
  if (!written.ok) return written;
  const [outcome] = written.value;
  if (outcome !== undefined && !outcome.ok) return failed(outcome.failure);
  return roleArn === known.roleArn ? ok(undefined) : rememberBroker({ ...known, roleArn });
}
