import { type Failure, failure } from '../failure.ts';
import type { ParamsOf } from '../failure-codes.ts';

const longest = 128;

/**
 * Why AWS tools would not read a profile with this name, or `undefined`. The characters are those of the SDKs' shared
 * profile-file grammar: letters, digits and `- _ . / % @ : +`.
 */
export function profileNameFailure(name: string): Failure | undefined {
  const problem = problemOf(name);
  return problem && failure('profile-name-invalid', problem);
}

function problemOf(name: string): ParamsOf<'profile-name-invalid'> | undefined {
  if (name === '') return { reason: 'empty' };
  if (name.length > longest) return { reason: 'too-long' };
  if (/[\r\n]/.test(name)) return { reason: 'line-break' };
  if (/\s/.test(name)) return { reason: 'space' };
  const stranger = /[^A-Za-z0-9\-_./%@:+]/u.exec(name)?.[0];
  if (stranger !== undefined) {
    const isInvisible = /[\p{C}\p{Z}]/u.test(stranger);
    return isInvisible ? { reason: 'invisible' } : { reason: 'character', character: stranger };
  }
  // The SDK for JavaScript drops this one, because it keeps profiles in plain objects.
  if (name === '__proto__') return { reason: 'sdk-for-javascript' };
  return undefined;
}
