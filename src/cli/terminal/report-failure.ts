import type { Failure } from '../../core/failure.ts';
import { printable } from '../../core/words/printable.ts';
import { withNetworkSettings } from '../network/with-network-settings.ts';
import { tell } from './tell.ts';

/** Failures of a wrong command line, which exits with 2. All others exit with 1. */
const wrongCommandLine: ReadonlySet<string> = new Set([
  'extension-id-invalid',
  'browser-not-here',
  'profiles-or-all',
  'profile-name-invalid',
  'profile-unsaid',
  'command-unsaid',
  'sign-in-link-invalid',
  'broker-address-invalid',
  'broker-role-unsaid',
  'role-choice-needed',
  'mfa-code-needed',
  'profiles-same-name',
  'role-arn-invalid',
  'partition-unknown',
  'partition-differs',
  'session-policy-arns',
  'session-policy-arn',
  'session-policy-invalid',
  'session-policy-long',
  'console-print-to-file',
]);

/**
 * Prints `failure` on stderr and sets the exit code. `about`: which of many things it is about. `cause`: why AWS
 * probably refused, and who mends it.
 */
export async function reportFailure(
  failure: Failure,
  about?: string,
  cause?: { what: string; remedy: string },
): Promise<void> {
  // They take time to load, and seldom is there a failure.
  const { wordsHere } = await import('./called/words-here.ts');
  const { message, hint } = wordsHere(withNetworkSettings(failure, process.env));
  const whole = [
    ...(about === undefined ? [] : [`${printable(about)}:`]),
    message,
    ...(cause === undefined ? [] : [`Likely cause: ${cause.what}`]),
  ].join(' ');
  tell(`roleferry: ${whole}\nhint: ${cause?.remedy ?? hint}\n`);
  process.exitCode = wrongCommandLine.has(failure.code) ? 2 : 1;
}
