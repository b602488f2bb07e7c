import type { SessionPolicy } from '../../core/aws/session-policy.ts';
import type { LoginSource } from '../../core/policy/forbidden-delivery.ts';
import type { Exchanged } from '../../core/sts/exchange.ts';

/** Credentials of a role, and where they go. */
export interface Delivery {
  roleArn: string;
  profile: string;
  region: string;
  exchanged: Exchanged;
  /** The login that they come from; `none` where there was none. */
  source: LoginSource | 'none';
  /** What they may do at most, where that is less than the role. */
  sessionPolicy?: SessionPolicy | undefined;
}
