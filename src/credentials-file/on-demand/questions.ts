import { readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Failure } from '../../core/failure.ts';
import { failureSchema } from '../../core/protocol/failure-schema.ts';
import { ok, type Result } from '../../core/result.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { rewriteFile } from '../../disk/rewrite-file.ts';
import type { AwsFiles } from '../files/locate.ts';
import { digestOf, ownPath } from '../files/own-path.ts';
import { isMade, onDemandFolder } from './record.ts';

/** What a program asks the extension for, as a file that the host reads. Its time of change is that of the last use. */
const questionSchema = v.object({
  /** New for each question. */
  id: v.string(),
  profile: v.string(),
  /** Milliseconds since the epoch. */
  waitsUntil: v.number(),
  /** The extension's answer, if it is no. Otherwise the credentials come into the cache. */
  refusal: v.exactOptional(failureSchema),
});

export type Question = v.InferOutput<typeof questionSchema> & { askedAt: number };

/** Whether a question stays open: for a login with a new assertion, or in another browser that knows the profile. */
export const loginMayHelp = ({ code }: Failure): boolean =>
  code === 'assertion-expired' || code === 'on-demand-unknown';

/** The folder in which questions are. */
// Stryker disable next-line StringLiteral: neither is a folder
export const questionsFolder = ({ cacheFolder = '' }: AwsFiles): string => join(cacheFolder, onDemandFolder);

/**
 * Asks the extension for the credentials of the process profile `profile`, until `waitsUntil` (ms since the epoch). Returns
 * the question's id. Failures: `place-is-link`, and those of writing a file.
 */
export async function askForProfile(
  files: AwsFiles,
  profile: string,
  waitsUntil: number,
): Promise<Result<string>> {
  const id = crypto.randomUUID();
  const asked = await change(files, profile, () => ({ id, profile, waitsUntil }));
  return asked.ok ? ok(id) : asked;
}

/** Why the extension has no credentials for the question `id`; `undefined` before its answer. */
export async function refusalOf(files: AwsFiles, profile: string, id: string): Promise<Failure | undefined> {
  const file = await questionFile(files, profile);
  const question = file.ok ? await readQuestion(file.value) : undefined;
  return question?.id === id ? question.refusal : undefined;
}

/** Answers the open question for `profile`, if there is one, with no. Failures: those of writing a file. */
export async function refuseProfile(
  files: AwsFiles,
  profile: string,
  refusal: Failure,
): Promise<Result<void>> {
  const file = await questionFile(files, profile);
  if (!file.ok) return file;
  if ((await readQuestion(file.value)) === undefined) return ok(undefined);
  return change(files, profile, (before) => before && { ...before, refusal });
}

/**
 * Notes that credentials of `profile` are used now, if it was asked for before or is an on-demand profile. A first use that
 * nobody had to ask for is noted as a question that waits for nobody.
 */
export async function noteUse(files: AwsFiles, profile: string): Promise<void> {
  if (files.cacheFolder === undefined) return;
  const file = await questionFile(files, profile);
  if (!file.ok) return;
  const now = new Date();
  const isNoted = await utimes(file.value, now, now).then(
    () => true,
    () => false,
  );
  if (isNoted || !(await isMade(files, profile))) return;
  // Somebody may have asked meanwhile.
  await change(files, profile, (asked) => asked ?? { id: crypto.randomUUID(), profile, waitsUntil: 0 });
}

/** Forgets what was asked for `profile`. */
export async function removeQuestion(files: AwsFiles, profile: string): Promise<void> {
  const file = await questionFile(files, profile);
  // Stryker disable next-line ConditionalExpression: without a path nothing is deleted
  if (file.ok) await rm(file.value).catch(() => {});
}

/** What was asked for `from` was asked for `to`, with the same time of its last use. */
export async function moveQuestion(files: AwsFiles, from: string, to: string): Promise<void> {
  const [old, now] = await Promise.all([questionFile(files, from), questionFile(files, to)]);
  const question = old.ok ? await readQuestion(old.value) : undefined;
  if (question !== undefined && now.ok) {
    const { askedAt, ...asked } = question;
    await change(files, to, () => ({ ...asked, profile: to }));
    await utimes(now.value, askedAt / 1000, askedAt / 1000).catch(() => {});
  }
  await removeQuestion(files, from);
}

/** All questions for profiles of the config file, open or not. */
export async function readQuestions(files: AwsFiles): Promise<Question[]> {
  if (files.cacheFolder === undefined) return [];
  const folder = await ownPath(questionsFolder(files));
  // Stryker disable next-line ArrayDeclaration: only names with asked- are looked at
  const names = folder.ok ? await readdir(folder.value).catch(() => []) : [];
  const found: Question[] = [];
  for (const name of names.filter((one) => one.startsWith('asked-'))) {
    const question = await readQuestion(join(questionsFolder(files), name));
    // With another config file the same name is another profile.
    if (question && name === (await nameOf(files, question.profile))) found.push(question);
  }
  return found;
}

const nameOf = async ({ configFile }: AwsFiles, profile: string): Promise<string> =>
  `asked-${await digestOf(configFile, profile)}.json`;

const questionFile = async (files: AwsFiles, profile: string): Promise<Result<string>> =>
  ownPath(questionsFolder(files), await nameOf(files, profile));

async function readQuestion(file: string): Promise<Question | undefined> {
  const snapshot = await readSnapshot(file);
  if (!snapshot.ok || snapshot.value === undefined) return undefined;
  const question = parsed(snapshot.value.bytes.toString('utf8'));
  return question && { ...question, askedAt: snapshot.value.stats.mtimeMs };
}

type Stored = Omit<Question, 'askedAt'>;

async function change(
  files: AwsFiles,
  profile: string,
  next: (before: Stored | undefined) => Stored | undefined,
): Promise<Result<void>> {
  const file = await questionFile(files, profile);
  if (!file.ok) return file;
  return rewriteFile<void>(file.value, (text) => {
    const after = next(parsed(Buffer.from(text, 'latin1').toString('utf8')));
    const json = after && Buffer.from(`${JSON.stringify(after)}\n`).toString('latin1');
    return ok({ content: json ?? text, value: undefined });
  });
}

function parsed(text: string): Stored | undefined {
  try {
    return v.parse(questionSchema, JSON.parse(text));
  } catch {}
  return undefined;
}
