import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserKind } from './browsers/browser.ts';
import type { Target } from './browsers/targets.ts';
import { filesIn, putFolder } from './files/put-folder.ts';
import type { InstallRecord } from './install-record.ts';
import type { Step } from './install-steps.ts';

/** An unpacked extension to put into the host's folder. */
export interface Extension {
  kind: BrowserKind;
  /** The names of its browsers. */
  browser: string;
  source: string;
  /** Its files, as the record names them. */
  names: string[];
}

/** The unpacked extensions in the folder `source` that these browsers can use. */
export async function findExtensions(targets: Target[], source: string): Promise<Extension[]> {
  const kinds = [...new Set(targets.map(({ kind }) => kind))].filter((kind) =>
    existsSync(join(source, kind, 'manifest.json')),
  );
  return Promise.all(
    kinds.map(async (kind) => {
      const browsersOfKind = new Set(
        targets.filter((target) => target.kind === kind).map(({ browser }) => browser),
      );
      const folder = join(source, kind);
      const names = (await filesIn(folder)).map((name) => `${kind}/${name}`);
      return { kind, browser: [...browsersOfKind].join(', '), source: folder, names };
    }),
  );
}

/** Puts an extension into `folder`; removes files of it that the record says were written before. */
export function extensionStep(
  { kind, browser, source }: Extension,
  folder: string,
  before: InstallRecord,
): Step {
  const target = join(folder, kind);
  const written = (before.extensionFiles ?? [])
    .filter((name) => name.startsWith(`${kind}/`))
    .map((name) => name.slice(kind.length + 1));
  return { browser, extension: kind, target, run: () => putFolder(target, source, written) };
}

/** The files of all extensions once these are in place. Those of the other kind of browser stay. */
export const namesAfter = ({ extensionFiles = [] }: InstallRecord, extensions: Extension[]): string[] =>
  [
    ...extensionFiles.filter((name) => !extensions.some(({ kind }) => name.startsWith(`${kind}/`))),
    ...extensions.flatMap(({ names }) => names),
  ].sort();
