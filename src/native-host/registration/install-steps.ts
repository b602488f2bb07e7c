import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import type { BrowserKind } from './browsers/browser.ts';
import { linkOnTheWay } from './files/no-link.ts';
import { type Change, putFile } from './files/put-file.ts';
import { isScript, type OwnProgram } from './programs.ts';

/** One file or registry key that is now as it should be. */
export interface Installed {
  /** For which browser; absent for the host's own files. */
  browser?: string;
  /** Present when the target is the folder of the unpacked extension, for browsers of this kind. */
  extension?: BrowserKind;
  target: string;
  change: Change;
}

/** One file or registry key to put in place. */
export interface Step extends Omit<Installed, 'change'> {
  run: () => Promise<Result<Change>>;
}

export const fileStep = (file: string, content: string | Buffer, mode: number): Step => ({
  target: file,
  run: () => putFile(file, content, mode),
});

/** The programs with their wrappers, for the Node at `nodePath`. Failure: `host-file-missing`. */
export async function programSteps(programs: OwnProgram[], nodePath: string): Promise<Result<Step[]>> {
  const steps = new Map<string, Step>();
  for (const { source, file, wrappers } of programs) {
    // The single executable is both programs.
    if (source !== file && !steps.has(file)) {
      const content = await readFile(source).catch(() => undefined);
      if (content === undefined) return failed(failure('host-file-missing', { file: source }));
      steps.set(file, fileStep(file, content, isScript(file) ? 0o644 : 0o755));
    }
    for (const { file: wrapper, textFor, ifThere } of wrappers) {
      if (ifThere && !existsSync(wrapper)) continue;
      steps.set(wrapper, fileStep(wrapper, textFor(nodePath), 0o755));
    }
  }
  return ok([...steps.values()]);
}

/**
 * Puts our own programs with their wrappers into the user's folder, for the Node at `nodePath`.
 * Failures: `host-file-missing`, `place-is-link`, `file-not-writable`, `file-no-space`.
 */
export async function putPrograms(programs: OwnProgram[], nodePath: string): Promise<Result<void>> {
  for (const path of programs.flatMap(filesOf)) {
    const link = await linkOnTheWay(dirname(path), path);
    if (link !== undefined) return failed(link);
  }
  const steps = await programSteps(programs, nodePath);
  if (!steps.ok) return steps;
  for (const { run } of steps.value) {
    const change = await run();
    if (!change.ok) return change;
  }
  return ok(undefined);
}

/** The absolute paths that `programSteps` writes for a program. */
export const filesOf = ({ source, file, wrappers }: OwnProgram): string[] => [
  ...(source === file ? [] : [file]),
  ...wrappers.map((wrapper) => wrapper.file),
];
