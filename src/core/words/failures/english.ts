import type { Failure } from '../../failure.ts';
import { type FailureWords, type Words, wordsWithCommand } from '../../failure-words.ts';
import { assertion } from './english/assertion.ts';
import { broker } from './english/broker.ts';
import { commands } from './english/commands.ts';
import { console } from './english/console.ts';
import { extension } from './english/extension.ts';
import { files } from './english/files.ts';
import { host } from './english/host.ts';
import { network } from './english/network.ts';
import { otherProfiles } from './english/other-profiles.ts';
import { policy } from './english/policy.ts';
import { profiles } from './english/profiles.ts';
import { registration } from './english/registration.ts';
import { sessionPolicy } from './english/session-policy.ts';
import { sts } from './english/sts.ts';

export const english: FailureWords = {
  ...assertion,
  ...sts,
  ...sessionPolicy,
  ...network,
  ...host,
  ...files,
  ...profiles,
  ...otherProfiles,
  ...policy,
  ...extension,
  ...commands,
  ...broker,
  ...console,
  ...registration,
};

/** The words of terminals, and of what host and extension send each other. `called`: how to call this copy of Roleferry. */
export const inEnglish = (failure: Failure, called?: string): Words =>
  wordsWithCommand(failure, english, called);

/** The failure with words for an extension that does not know its code, or that is older than codes with parameters. */
export const withWords = (failure: Failure): Failure => ({ ...failure, ...inEnglish(failure) });
