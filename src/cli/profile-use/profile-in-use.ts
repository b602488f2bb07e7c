import type { UsableCredentials } from '../../core/profile/credentials.ts';

/** A profile of whichever kind whose credentials a program is to use. */
export interface ProfileInUse {
  credentials: UsableCredentials;
  /** The account of the credentials, if it is known. */
  account?: string;
  /** ARN of the role session, if there is one. */
  principalArn?: string;
  /** The region that the config file has for the profile. */
  region?: string;
}
