import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { extensionKind } from './extension-id.ts';

export const installRecordName = 'host.json';

const extensionId = v.pipe(
  v.string(),
  v.check((id) => extensionKind(id) !== undefined),
);

const installRecordSchema = v.object({
  /** Extensions, beside the product's own, that the person allowed to call the host. */
  extensionIds: v.array(extensionId),
  /** Host manifests that were written, as absolute paths. */
  manifests: v.array(v.string()),
  /** Folders that were made, as absolute paths, for uninstall to remove if they are empty. */
  folders: v.array(v.string()),
  /**
   * The credentials file that the host writes where its environment names none. Browsers start without what a
   * shell sets, so it can be said here.
   */
  credentialsFile: v.exactOptional(v.string()),
});

/** What an installation did, written down beside the host. */
export type InstallRecord = v.InferOutput<typeof installRecordSchema>;

/**
 * The record in `folder`. One that is missing, unreadable or not valid counts as empty, so that then only the
 * product's own extension is served.
 */
export function readInstallRecord(folder: string): InstallRecord {
  try {
    return v.parse(installRecordSchema, JSON.parse(readFileSync(join(folder, installRecordName), 'utf8')));
  } catch {
    return { extensionIds: [], manifests: [], folders: [] };
  }
}
