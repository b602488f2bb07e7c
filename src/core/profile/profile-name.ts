import { type Failure, failure } from '../failure.ts';
import type { Reason } from '../failure-reasons.ts';

const longest = 128;

/**
 * Why AWS tools would not read a profile with this name, or `undefined`. The characters are those of the SDKs' shared
 * profile-file grammar: letters, digits and `- _ . / % @ : +`.
 */
export function profileNameFailure(name: string): Failure | undefined {
  const reason = problemOf(name);
  return reason && failure('profile-name-invalid', { reason });
}

/** The same of profiles that Roleferry writes, and no `DEFAULT`: to botocore that is what all profiles inherit. */
export function writableNameFailure(name: string): Failure | undefined {
  return name === 'DEFAULT'
    ? failure('profile-name-invalid', { reason: 'default' })
    : profileNameFailure(name);
}

function problemOf(name: string): Reason<'name'> | undefined {
  if (name === '') return 'empty';
  if (name.length > longest) return 'too-long';
  if (/[\r\n]/.test(name)) return 'line-break';
  if (/\s/.test(name)) return 'space';
  const stranger = /[^A-Za-z0-9\-_./%@:+]/u.exec(name)?.[0];
  if (stranger !== undefined) {
    return /[\p{C}\p{Z}]/u.test(stranger) ? 'invisible' : { is: 'character', character: stranger };
  }
  // The SDK for JavaScript drops this one, because it keeps profiles in plain objects.
  if (name === '__proto__') return 'sdk-for-javascript';
  return undefined;
}
