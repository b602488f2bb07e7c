import { type Failure, failure } from '../failure.ts';

const longest = 128;

/**
 * Why AWS tools would not read a profile with this name, or `undefined`. The characters are those of the SDKs' shared
 * profile-file grammar: letters, digits and `- _ . / % @ : +`.
 */
export function profileNameFailure(name: string): Failure | undefined {
  const reason = whyNot(name);
  return reason === undefined ? undefined : failure('profile-name-invalid', { reason });
}

function whyNot(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name.length > longest) return `it is longer than ${longest} characters`;
  if (/[\r\n]/.test(name)) return 'it has a line break in it';
  if (/\s/.test(name)) return 'it has a space in it';
  const stranger = /[^A-Za-z0-9\-_./%@:+]/u.exec(name)?.[0];
  if (stranger !== undefined) {
    const shown = /[\p{C}\p{Z}]/u.test(stranger) ? 'an invisible character' : stranger;
    return `it has ${shown} in it`;
  }
  // The SDK for JavaScript drops this one, because it keeps profiles in plain objects.
  if (name === '__proto__') return 'the AWS SDK for JavaScript does not read it';
  return undefined;
}
