import type { FailureWords } from '../../failure-words.ts';
import { english } from './english.ts';
import { extension } from './german/extension.ts';
import { files } from './german/files.ts';
import { host } from './german/host.ts';
import { login } from './german/login.ts';
import { policy } from './german/policy.ts';
import { profiles } from './german/profiles.ts';
import { sessionPolicy } from './german/session-policy.ts';
import { sts } from './german/sts.ts';

/** What pages show. A failure that only terminals know stays in English. */
export const german: FailureWords = {
  ...english,
  ...login,
  ...sts,
  ...sessionPolicy,
  ...host,
  ...files,
  ...profiles,
  ...policy,
  ...extension,
};
