import type { STSClient } from '@aws-sdk/client-sts';
import type { FailureCode } from '../../core/failure.ts';
import { askForRole } from '../../core/sts/assume-role.ts';
import type { Exchanged } from '../../core/sts/exchange.ts';
import { stsClient } from '../../core/sts/sts-client.ts';
import { stsHost, stsRegion } from '../../core/sts/sts-region.ts';
import { type Seen, watchSts } from '../../core/sts/watch-sts.ts';
import { inEnglish } from '../../core/words/failures/english.ts';
import { granted, type Outcome, refuse } from '../outcome/refusal.ts';
import type { RoleRequest } from './role-request.ts';

/** SDKs ask again after one to two seconds, and then find the request that is still under way. */
const patienceMilliseconds = 5_000;

/** AWS gives no more to a role that assumes another one, whatever is asked. */
const chainingLimit = 3600;

/** These tell of a role or of its trust; everything else may pass. */
const lasting: FailureCode[] = [
  'assume-role-denied',
  'sts-duration',
  'sts-duration-chained',
  'sts-refused',
  'sts-tags-too-large',
  'sts-session-policy-large',
  'sts-session-policy-refused',
  'partition-unknown',
];

/** What STS gave, and for how many seconds it was asked. */
export interface Assumed extends Exchanged {
  sessionDuration: number;
}

/** STS, asked with the broker's own credentials: those that the AWS SDK finds by itself. */
export class Sts {
  readonly #clients = new Map<string, { client: STSClient; seen: Seen }>();

  /** Asks for a role in `region`, else in the default one of its partition. AWS's words are in the reason only. */
  async assume(request: RoleRequest, region: string | undefined): Promise<Outcome<Assumed>> {
    const where = stsRegion({ roleArn: request.roleArn, ...(region !== undefined && { setting: region }) });
    const { client, seen } = this.#clientIn(where);
    const sessionDuration = (await isRole(client))
      ? Math.min(request.sessionDuration, chainingLimit)
      : request.sessionDuration;
    const asked = await askForRole(
      client,
      seen,
      { ...request, sessionDuration, region: where },
      patienceMilliseconds,
    );
    if (asked.ok) return granted({ ...asked.value, sessionDuration });
    const { code, details = inEnglish(asked.failure).message } = asked.failure;
    const reason = [code, details].join(': ').replaceAll('\n', ', ');
    return refuse(lasting.includes(code) ? 'RoleUnavailable' : 'Unavailable', reason);
  }

  #clientIn(region: string): { client: STSClient; seen: Seen } {
    const known = this.#clients.get(region);
    if (known !== undefined) return known;
    const client = stsClient({ region });
    const made = { client, seen: watchSts(client, stsHost(region)) };
    this.#clients.set(region, made);
    return made;
  }

  close(): void {
    for (const { client } of this.#clients.values()) client.destroy();
  }
}

/** Whether the broker is a role itself. Missing credentials are told of by the request. */
async function isRole(client: STSClient): Promise<boolean> {
  const credentials = await client.config.credentials().catch(() => undefined);
  return credentials?.sessionToken !== undefined;
}
