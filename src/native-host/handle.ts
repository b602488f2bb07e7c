import { type Failure, failure } from '../core/failure.ts';
import type { Answer, ProfileOutcome } from '../core/protocol/answers.ts';
import type { Request } from '../core/protocol/requests.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { withWords } from '../core/words/failures/english.ts';
import {
  listProfiles,
  makeOnDemand,
  noteRegion,
  placesFailure,
  readAccountNames,
  readConfigProfiles,
  readRegions,
  refuseProfile,
  removeOnDemand,
  removeProfile,
  renameOnDemand,
  setRegion,
  waitForQuestions,
  writeProfiles,
} from '../credentials-file/index.ts';
import { exposure } from '../disk/exposed-file.ts';
import type { Machine } from '../machine-policy/read-policy.ts';
import { type AnswerEnvelope, answerEnvelope } from './answer-envelope.ts';
import { parseJson, readId, readRequest } from './read-request.ts';
import { awsFilesOf } from './registration/aws-files.ts';
import { readInstallRecord } from './registration/install-record.ts';
import { type SettingsPlace, settings } from './settings.ts';

export interface HandleContext extends SettingsPlace {
  hostVersion: string;
  /** The policy's machine; this one by default. */
  machine?: Machine;
  /** Whether the browser still has the connection open. Once it is closed, no write begins. */
  isConnected: () => boolean;
  /** Aborts when the next request comes, or the browser is gone. */
  untilNext: () => AbortSignal;
  /** The questions of tools that the extension was told, by id. */
  told: Set<string>;
  /** Puts the program that AWS tools run for process profiles into the user's folder. Returns its absolute path. */
  putProcessProgram: () => Promise<Result<string>>;
  /** Why this caller is not served. If set, it answers every request, and nothing is done. */
  refusal?: Failure | undefined;
}

/**
 * Answers one message. It comes from outside, so it may be anything. Never rejects.
 *
 * Failures: `origin-not-allowed`, `message-invalid`, `message-version`, `host-gone`, those of the AWS files,
 * `unexpected`.
 * None of them repeats a value of the message; `message-invalid` names the field at most.
 */
export async function handle(message: Uint8Array, context: HandleContext): Promise<AnswerEnvelope> {
  const parsed = parseJson(message);
  const id = parsed.ok ? readId(parsed.value) : '';
  if (context.refusal !== undefined) return answerEnvelope(id, failed(context.refusal));
  if (!parsed.ok) return answerEnvelope(id, parsed);
  const request = readRequest(parsed.value);
  if (!request.ok) return answerEnvelope(id, request);
  try {
    return answerEnvelope(id, await perform(request.value, context));
  } catch {
    return answerEnvelope(id, failed(failure('unexpected', { where: 'host' })));
  }
}

/** Requests that were added to the protocol later. */
const understands = ['source', 'on-demand', 'renamed', 'rights'];

async function perform(request: Request, context: HandleContext): Promise<Result<unknown>> {
  const { hostVersion, isConnected } = context;
  const unclear = placesFailure(context.env, process.platform);
  if (unclear !== undefined) return failed(unclear);
  const files = {
    ...awsFilesOf(context.folder, context.env),
    ...(context.machine && { machine: context.machine }),
  };
  const { credentialsFile, configFile } = files;
  switch (request.type) {
    case 'hello': {
      const exposed = await exposure(credentialsFile);
      const { command } = readInstallRecord(context.folder);
      return ok({
        hostVersion,
        credentialsFile,
        configFile,
        folder: context.folder,
        understands,
        ...(command !== undefined && { called: command }),
        ...(exposed && { exposed: withWords(exposed) }),
      } satisfies Answer<'hello'>);
    }
    case 'write-profiles': {
      const written = await writeProfiles(files, request.profiles, isConnected);
      if (!written.ok) return written;
      return ok({
        credentialsFile,
        profiles: written.value.map(outcomeWithWords),
      } satisfies Answer<'write-profiles'>);
    }
    case 'list-profiles': {
      const listed = await listProfiles(files);
      if (!listed.ok) return listed;
      const [configProfiles, regions, accountNames] = await Promise.all([
        readConfigProfiles(configFile),
        readRegions(configFile),
        readAccountNames(configFile),
      ]);
      return ok({
        credentialsFile,
        profiles: listed.value,
        configProfiles,
        regions,
        accountNames,
      } satisfies Answer<'list-profiles'>);
    }
    case 'set-region': {
      const set = await setRegion(files, request.name, request.region, isConnected);
      // So that undoing takes it for ours.
      if (set.ok) await noteRegion(files, request.name, request.region);
      return set.ok ? ok({ configFile } satisfies Answer<'set-region'>) : set;
    }
    case 'remove-profile': {
      const { name, renamed = false } = request;
      const removed = await removeProfile(files, name, { renamed, stillWanted: isConnected });
      return removed.ok ? ok({ credentialsFile } satisfies Answer<'remove-profile'>) : removed;
    }
    case 'make-on-demand': {
      if (!isConnected()) return failed(failure('host-gone'));
      const program = await context.putProcessProgram();
      if (!program.ok) return program;
      const made = await makeOnDemand(files, request.profiles, program.value, isConnected);
      return made.ok ? ok({ configFile } satisfies Answer<'make-on-demand'>) : made;
    }
    case 'rename-on-demand': {
      if (!isConnected()) return failed(failure('host-gone'));
      const program = await context.putProcessProgram();
      if (!program.ok) return program;
      const renamed = await renameOnDemand(files, request, program.value, isConnected);
      return renamed.ok ? ok({ configFile } satisfies Answer<'rename-on-demand'>) : renamed;
    }
    case 'remove-on-demand': {
      if (!isConnected()) return failed(failure('host-gone'));
      const removed = await removeOnDemand(files, request.profiles);
      if (!removed.ok) return removed;
      return ok({ configFile, profiles: removed.value } satisfies Answer<'remove-on-demand'>);
    }
    case 'wait-for-tools': {
      if (request.again) context.told.clear();
      const asked = await waitForQuestions(files, request.seconds, context.told, context.untilNext());
      return asked.ok ? ok(asked.value satisfies Answer<'wait-for-tools'>) : asked;
    }
    case 'refuse-tools': {
      const refused = await refuseProfile(files, request.name, request.failure);
      return refused.ok ? ok({} satisfies Answer<'refuse-tools'>) : refused;
    }
    case 'settings':
      return isConnected() ? settings(request, context) : failed(failure('host-gone'));
  }
}

const outcomeWithWords = (outcome: ProfileOutcome): ProfileOutcome =>
  outcome.ok
    ? { ...outcome, ...(outcome.warnings && { warnings: outcome.warnings.map(withWords) }) }
    : { ...outcome, failure: withWords(outcome.failure) };
