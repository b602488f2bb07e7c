import { type FSWatcher, readFileSync, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type WrittenProfile, writtenProfiles } from '../rehearsal/credentials-watch.ts';

/** What the product writes into a profile, in this order. */
const keys = [
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'x_security_token_expires',
  'x_principal_arn',
];

/** Every version of a credentials file that was put in place, since it is watched. */
export interface ProfileVersions {
  /** The names of the sessions that `profile` was written for, one for each time that the file was. */
  sessionsOf(profile: string): string[];
  /** What no reader may ever meet: the versions in which a profile is not whole. */
  broken: string[];
  /** Counted again from here. */
  forget(): void;
  /** Resolves when the file is next put in place. */
  next(): Promise<void>;
  close(): void;
}

/** Watches a credentials file that the product alone writes. */
export function watchVersions(credentialsFile: string): ProfileVersions {
  let versions: WrittenProfile[][] = [];
  let waiting: (() => void)[] = [];
  let known = '';
  const broken: string[] = [];
  const read = () => {
    const stats = statSync(credentialsFile, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined) return;
    // The number of a file that was replaced is soon that of a new one.
    const version = `${stats.ino} ${stats.mtimeNs}`;
    if (version === known) return;
    known = version;
    const text = readFileSync(credentialsFile, 'utf8');
    if (!isWhole(text)) broken.push(text);
    versions.push(writtenProfiles(text));
    for (const settle of waiting) settle();
    waiting = [];
  };
  const watcher: FSWatcher = watch(dirname(credentialsFile), (_, name) => {
    if (name === basename(credentialsFile)) read();
  });
  return {
    broken,
    sessionsOf: (profile) =>
      versions.map((profiles) => sessionOf(profiles.find(({ name }) => name === profile))),
    forget() {
      read();
      versions = [];
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => watcher.close(),
  };
}

/** Whether every profile stands once, with every key once. */
export function isWhole(text: string): boolean {
  const profiles = writtenProfiles(text);
  const names = new Set(profiles.map(({ name }) => name));
  const isComplete = ({ lines }: WrittenProfile) =>
    lines.length === keys.length && lines.every((line, i) => line.startsWith(`${keys[i]} = `));
  return names.size === profiles.length && profiles.every(isComplete);
}

/** The name of the session that a profile's credentials are for. */
export const sessionOf = (profile: WrittenProfile | undefined): string =>
  profile?.lines.at(-1)?.split('/').at(-1) ?? '';
