import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { failure } from '../../core/failure.ts';
import { chromiumExtensionId, firefoxExtensionId } from '../../core/product.ts';
import { callSchema } from '../../core/protocol/answers.ts';
import { signInLinksSchema } from '../../core/protocol/requests.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { isLink } from '../../disk/is-link.ts';
import { rewriteFile } from '../../disk/rewrite-file.ts';
import { extensionKind } from './browsers/extension-id.ts';

export const installRecordName = 'host.json';

const extensionId = v.pipe(
  v.string(),
  v.check((id) => extensionKind(id) !== undefined),
);

/** No part is `.` or `..`, so it stays below its folder. */
const extensionFile = v.pipe(
  v.string(),
  v.maxLength(1024),
  v.regex(/^(?:chromium|firefox)(?:\/(?!\.{1,2}(?:\/|$))[^/\\:\p{Cc}]+)+$/u),
);

const brokerProfileSchema = v.object({
  profile: v.string(),
  /** As the user gave it. */
  url: v.pipe(v.string(), v.maxLength(2048)),
  /** The broker's name for the role, and its ARN when it was given last. */
  role: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)),
  roleArn: v.string(),
});

/** A profile whose credentials a broker gives to the user who logs in. */
export type BrokerProfile = v.InferOutput<typeof brokerProfileSchema>;

const installRecordSchema = v.object({
  /** Extensions, beside the product's own, that the user allowed to call the host. */
  extensionIds: v.array(extensionId),
  /** `false`: the product's own extensions may not call the host, for those who hand out their own build. */
  builtInIds: v.exactOptional(v.boolean()),
  /** Host manifests that were written, as absolute paths. */
  manifests: v.array(v.string()),
  /** Folders that were made, as absolute paths, for uninstall to remove if they are empty. */
  folders: v.array(v.string()),
  /** Files of the unpacked extensions that were written, below the folder of them all: `chromium/manifest.json`. */
  extensionFiles: v.exactOptional(v.fallback(v.array(extensionFile), [])),
  /**
   * The credentials file that the host writes if its environment names none. Browsers start without a shell's
   * variables, so it is stored here.
   */
  credentialsFile: v.exactOptional(v.string()),
  /** The config file, likewise: it says which profiles are process profiles. */
  configFile: v.exactOptional(v.string()),
  /** How the command line was called that put the programs of AWS tools here, in any folder. Ignored if invalid. */
  command: v.exactOptional(v.fallback(callSchema, 'roleferry')),
  /** Where `roleferry login` sends the browser, by profile. Ignored if invalid. */
  signInLinks: v.exactOptional(v.fallback(signInLinksSchema, [])),
  /** Which role the CLI requests from which broker, by profile. Ignored if invalid. */
  brokerProfiles: v.exactOptional(v.fallback(v.array(brokerProfileSchema), [])),
});

/** What an installation did; stored beside the host. */
export type InstallRecord = v.InferOutput<typeof installRecordSchema>;

/**
 * The record in `folder`; empty if it is missing, unreadable or invalid. To learn who may call the host, use
 * `readServedIds`.
 */
export function readInstallRecord(folder: string): InstallRecord {
  return findInstallRecord(folder) ?? empty();
}

/** The record in `folder`, or `undefined` when it is missing, unreadable or not valid. */
export function findInstallRecord(folder: string): InstallRecord | undefined {
  try {
    return parseRecord(readFileSync(join(folder, installRecordName), 'utf8'));
  } catch {
    return undefined;
  }
}

/** The extensions that may call the host, of both kinds of browser. */
export const servedIds = ({ builtInIds = true, extensionIds }: InstallRecord): string[] => [
  ...(builtInIds ? [chromiumExtensionId, firefoxExtensionId] : []),
  ...extensionIds,
];

/**
 * The extensions that may call the host in `folder`. Failure: `install-record-damaged`; then none may, since the record
 * might have excluded the product's own.
 */
export function readServedIds(folder: string): Result<string[]> {
  const record = findInstallRecord(folder);
  const file = join(folder, installRecordName);
  if (record !== undefined) return ok(servedIds(record));
  return existsSync(file) ? failed(failure('install-record-damaged', { file })) : ok(servedIds(empty()));
}

/**
 * Changes the record in `folder` in one step under a lock, since two browsers may each run a host. A new one has mode
 * 0600.
 * Failures: `place-is-link`, and those of writing a file.
 */
export async function changeInstallRecord(
  folder: string,
  change: (record: InstallRecord) => InstallRecord,
): Promise<Result<void>> {
  const file = join(folder, installRecordName);
  if (await isLink(file)) return failed(failure('place-is-link', { path: file }));
  return rewriteFile<void>(file, (content) => {
    const changed = JSON.stringify(change(recordIn(Buffer.from(content, 'latin1'))), null, 2);
    return ok({ content: Buffer.from(`${changed}\n`, 'utf8').toString('latin1'), value: undefined });
  });
}

function recordIn(bytes: Buffer): InstallRecord {
  try {
    return parseRecord(bytes.toString('utf8'));
  } catch {
    return empty();
  }
}

const parseRecord = (text: string): InstallRecord => v.parse(installRecordSchema, JSON.parse(text));

const empty = (): InstallRecord => ({ extensionIds: [], manifests: [], folders: [] });
