import { ok, type Result } from '../../core/result.ts';
import { readAsAwsTools } from '../format/aws-readers.ts';
import { notUnderstood } from '../format/not-understood.ts';
import { accountKey, otherSources, ownKeys } from '../format/profile-keys.ts';
import { lineInDispute, profilesMisread } from '../format/profiles-misread.ts';
import { type OfProfile, type SetAside, setAside, takeBack } from './settings.ts';

/** What a profile in the credentials file has of credentials, whoever made them. */
const keys: ReadonlySet<string> = new Set([...ownKeys, ...otherSources.keys(), accountKey]);

const ofProfile = (name: string): OfProfile => ({ name, isOfProfile: (section) => section === name });

/**
 * The edit of a credentials file that sets all credentials of the profile `name` aside. `file` is the name that failures
 * give the file. Failure: `file-not-understood`.
 */
export const setAsideOf =
  (file: string, name: string) =>
  (bytes: Buffer): Result<{ pieces: Buffer[]; value: undefined }> => {
    const content = bytes.toString('latin1');
    const edited = setAside(content, ofProfile(name), keys, { withHeader: true });
    if (!edited.ok) return notUnderstood(file, edited);
    const before = readAsAwsTools(content);
    const misread = profilesMisread(
      before,
      readAsAwsTools(edited.value),
      new Map([[name, { name, replace: true }]]),
    );
    if (misread.length === 0) return ok({ pieces: [Buffer.from(edited.value, 'latin1')], value: undefined });
    const reason = { is: 'disputed-profile', profile: name } as const;
    return notUnderstood(file, { line: lineInDispute(before, name) ?? 1, reason });
  };

/** The edit that takes them back, and what became of them. */
export const takeBackOf =
  (name: string) =>
  (content: string): Result<{ content: string; value: SetAside }> => {
    const { content: back, setAside } = takeBack(content, ofProfile(name), keys);
    return ok({ content: back, value: setAside });
  };
