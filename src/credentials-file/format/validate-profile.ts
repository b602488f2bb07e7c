import { type Failure, failure } from '../../core/failure.ts';
import type { Reason } from '../../core/failure-reasons.ts';
import { writableNameFailure } from '../../core/profile/profile-name.ts';
import { type ProfileUpdate, profileKeys, settingsToAdd } from './profile-keys.ts';

/**
 * Why this profile cannot be written, or `undefined`. Checked again right before writing: a line break in a name or value
 * would become a line of the file.
 */
export function profileFailure(update: ProfileUpdate): Failure | undefined {
  return writableNameFailure(update.name) ?? valueFailure(update);
}

function valueFailure(update: ProfileUpdate): Failure | undefined {
  for (const [key, value] of [...profileKeys(update), ...settingsToAdd(update)]) {
    const reason = whyNot(value);
    if (reason) return failure('profile-value-invalid', { key, reason });
  }
  return undefined;
}

/** What keys, tokens, timestamps, ARNs and regions are made of; none of it means anything to an INI reader. */
const harmless = /^[A-Za-z0-9+/=_.,@:-]+$/;

function whyNot(value: string): Reason<'value'> | undefined {
  if (typeof value !== 'string' || value === '') return 'empty';
  if (/[\r\n]/.test(value)) return 'line-break';
  if (/\s/.test(value)) return 'space';
  if (/[#;]/.test(value)) return 'comment';
  return harmless.test(value) ? undefined : 'character';
}
