import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, ok, type Result } from '../../core/result.ts';
import { writeFailure } from '../../disk/fs-failure.ts';
import { lookUntil } from '../../disk/look-until.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { processLines } from '../config/process-lines.ts';
import type { AwsFiles } from '../files/locate.ts';
import { ownPath } from '../files/own-path.ts';
import { readCache } from '../process/cache.ts';
import { loginMayHelp, type Question, questionsFolder, readQuestions } from './questions.ts';

/** What tools ask for, by profile. */
export interface Asked {
  /** Now, and they wait. */
  wanted: string[];
  /** Within the last day. */
  recent: string[];
}

const day = 24 * 60 * 60 * 1000;

/** Credentials with less time left are renewed. */
const shortest = 60_000;

/** How long after a wait the extension may take until it waits again; milliseconds. */
const betweenWaits = 5000;

/**
 * Waits until tools ask for process profiles, at most `seconds` or until `signal` aborts. Meanwhile a file in the folder
 * tells them that somebody listens. Does not wait for questions in `told`, to which it adds those that it returns.
 * Failures: `place-is-link`, `file-not-writable`.
 */
export async function waitForQuestions(
  files: AwsFiles,
  seconds: number,
  told: Set<string>,
  signal: AbortSignal,
): Promise<Result<Asked>> {
  const folder = await ownPath(questionsFolder(files));
  if (!folder.ok) return folder;
  const marker = join(folder.value, `watched-${process.pid}.json`);
  const until = Date.now() + seconds * 1000;
  try {
    await mkdir(folder.value, { recursive: true, mode: 0o700 });
    await rm(marker, { force: true });
    await writeFile(marker, JSON.stringify({ until: until + betweenWaits }), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    return failed(writeFailure(marker, error));
  }
  // Stryker disable next-line ArrayDeclaration: the first look fills it
  let open: Question[] = [];
  const look = async () => {
    open = (await openQuestions(files)).filter(({ id }) => !told.has(id));
    return open.length > 0;
  };
  // Stryker disable next-line ArrayDeclaration: without a folder it looks each second
  if (!(await look())) await lookUntil([folder.value], look, seconds * 1000, signal);
  // A look that is still under way must not change the answer.
  const wanted = open;
  for (const { id } of wanted) told.add(id);
  // Stryker disable next-line EqualityOperator: no clock meets the millisecond
  const recent = (await ofProcessProfiles(files)).filter(({ askedAt }) => Date.now() - askedAt < day);
  return ok({ wanted: wanted.map(({ profile }) => profile), recent: recent.map(({ profile }) => profile) });
}

/** Tells tools that nobody listens any more. */
export const stopListening = (files: AwsFiles): Promise<void> =>
  rm(join(questionsFolder(files), `watched-${process.pid}.json`)).catch(() => {});

/** Whether an extension listens to questions now. */
export async function isListening(files: AwsFiles): Promise<boolean> {
  // Stryker disable next-line ArrayDeclaration: only names of this kind are looked at
  const names = await readdir(questionsFolder(files)).catch(() => []);
  for (const name of names.filter((one) => /^watched-\d+\.json$/.test(one))) {
    const read = await readSnapshot(join(questionsFolder(files), name));
    // Stryker disable next-line EqualityOperator,StringLiteral: no clock meets the millisecond, and neither text is JSON
    if (read.ok && untilIn(read.value?.bytes.toString('utf8') ?? '') > Date.now()) return true;
  }
  return false;
}

function untilIn(text: string): number {
  try {
    return Number(JSON.parse(text).until);
  } catch {}
  return 0;
}

async function ofProcessProfiles(files: AwsFiles): Promise<Question[]> {
  const questions = await readQuestions(files);
  // Stryker disable next-line ConditionalExpression,ArrayDeclaration: only quicker
  if (questions.length === 0) return [];
  const lines = await processLines(files.configFile);
  return questions.filter(({ profile }) => lines.has(profile));
}

/** Those whose tools wait. */
async function openQuestions(files: AwsFiles): Promise<Question[]> {
  const now = Date.now();
  const waiting = (await ofProcessProfiles(files)).filter(
    ({ waitsUntil, refusal }) => waitsUntil > now && (refusal === undefined || loginMayHelp(refusal)),
  );
  const open = await Promise.all(waiting.map(({ profile }) => needsCredentials(files, profile, now)));
  return waiting.filter((_, index) => open[index]);
}

async function needsCredentials(files: AwsFiles, profile: string, now: number): Promise<boolean> {
  const cached = await readCache(files, profile);
  if (!cached.ok || cached.value === undefined) return cached.ok;
  // Stryker disable next-line EqualityOperator: no clock meets the millisecond
  return Date.parse(cached.value.credentials.expiration) - now < shortest;
}
