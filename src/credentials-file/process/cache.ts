import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { credentialsSchema } from '../../core/profile/credentials.ts';
import { rightsSchema } from '../../core/protocol/protocol.ts';
import type { ProfileWrite } from '../../core/protocol/requests.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { errorCode, writeFailure } from '../../disk/fs-failure.ts';
import { isLink } from '../../disk/is-link.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { rewriteFile } from '../../disk/rewrite-file.ts';
import type { AwsFiles } from '../files/locate.ts';
import { digestOf, ownPath } from '../files/own-path.ts';

/** The cache entry of a process profile. */
export type Cached = Pick<ProfileWrite, 'credentials' | 'principalArn' | 'rights'>;

const cachedSchema = v.object({
  profile: v.string(),
  credentials: credentialsSchema,
  principalArn: v.pipe(v.string(), v.maxLength(2048), v.regex(/^arn:[\x21-\x7e]+$/)),
  rights: v.exactOptional(rightsSchema),
});

/**
 * The cached credentials of the process profile `name`; `undefined` if there are none, or if the file is damaged, which
 * a new login repairs. Failures: `place-is-link`, `file-unreadable`.
 */
export async function readCache(files: AwsFiles, name: string): Promise<Result<Cached | undefined>> {
  const place = await cacheFile(files, name);
  if (!place.ok) return place;
  if (place.value === undefined) return ok(undefined);
  const kept = await readKept(place.value);
  if (!kept.ok) return kept;
  if (kept.value?.profile !== name) return ok(undefined);
  const { profile: _, ...cached } = kept.value;
  return ok(cached);
}

/** Caches credentials of the process profile `name` in a file with mode 0600. Failures: `place-is-link`, and those of writing a file. */
export async function writeCache(
  files: AwsFiles,
  name: string,
  { credentials, principalArn, rights }: Cached,
): Promise<Result<void>> {
  const place = await cacheFile(files, name);
  if (!place.ok) return place;
  if (place.value === undefined) return ok(undefined);
  const content = `${JSON.stringify({ profile: name, credentials, principalArn, rights })}\n`;
  return rewriteFile<void>(place.value, () => ok({ content, value: undefined }));
}

/** Deletes the cached credentials of `name`. Returns whether there were any. Failures: `place-is-link`, `file-not-writable`. */
export async function removeCache(files: AwsFiles, name: string): Promise<Result<boolean>> {
  const place = await cacheFile(files, name);
  if (!place.ok) return place;
  if (place.value === undefined) return ok(false);
  try {
    await rm(place.value);
    return ok(true);
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? ok(false) : failed(writeFailure(place.value, error));
  }
}

/** The profiles, perhaps of another config file, whose credentials in the cache have not expired at `now` (ms). */
// Stryker disable next-line StringLiteral: neither is a folder
export async function profilesInCache({ cacheFolder = '' }: AwsFiles, now: number): Promise<string[]> {
  // Stryker disable next-line ArrayDeclaration: only names with .json are looked at
  const names = (await isLink(cacheFolder)) ? [] : await readdir(cacheFolder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).map((name) => join(cacheFolder, name));
  const kept = await Promise.all(
    files.map(async (file) => ((await isLink(file)) ? ok(undefined) : readKept(file))),
  );
  return kept.flatMap((read) => {
    const found = read.ok ? read.value : undefined;
    return found && Date.parse(found.credentials.expiration) > now ? [found.profile] : [];
  });
}

async function readKept(file: string): Promise<Result<v.InferOutput<typeof cachedSchema> | undefined>> {
  const snapshot = await readSnapshot(file);
  if (!snapshot.ok) return snapshot;
  // Stryker disable next-line StringLiteral: neither is JSON
  const read = v.safeParse(cachedSchema, parseJson(snapshot.value?.bytes.toString('utf8') ?? ''));
  return ok(read.success ? read.output : undefined);
}

/** The cache entry's file; `undefined` without a cache. Failure: `place-is-link`. */
async function cacheFile(
  { cacheFolder, configFile }: AwsFiles,
  name: string,
): Promise<Result<string | undefined>> {
  if (cacheFolder === undefined) return ok(undefined);
  return ownPath(cacheFolder, `${await digestOf(configFile, name)}.json`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {}
  return undefined;
}
