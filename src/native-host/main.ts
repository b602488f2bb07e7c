import { Console } from 'node:console';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../../package.json';
import { failure } from '../core/failure.ts';
import { maxMessageBytes } from '../core/protocol/protocol.ts';
import { failed, ok } from '../core/result.ts';
import { stopListening, warmUpWrite } from '../credentials-file/index.ts';
import { answerEnvelope } from './answer-envelope.ts';
import { callerFailure } from './caller.ts';
import { encodeFrame, type Frame } from './framing.ts';
import { type HandleContext, handle } from './handle.ts';
import { Requests } from './main-requests.ts';
import { awsFilesOf } from './registration/aws-files.ts';
import { readServedIds } from './registration/install-record.ts';
import { putPrograms } from './registration/install-steps.ts';
import { ownPrograms } from './registration/programs.ts';
import { hostFolder, ownSurroundings } from './registration/system/surroundings.ts';

// Only frames may reach stdout: one stray line there and the browser closes the port.
globalThis.console = new Console(process.stderr);

// An error's own words could hold a value, so none is printed.
process.on('uncaughtException', () => quit('something unexpected happened'));

// Node would take it for the current folder, where secrets must not go.
if (process.env.HOME === '') delete process.env.HOME;

// The browser went away in the middle of an answer. What is being written to disk is finished, nothing more is read.
process.stdout.on('error', () => process.stdin.destroy());

if (process.geteuid?.() !== process.getuid?.()) quit('it must not run with the rights of another user');
else void serve();

function quit(why: string): void {
  process.stderr.write(`roleferry host: ${why}\n`);
  process.exit(1);
}

/** Answers the messages on stdin one by one, in order, until it closes. */
async function serve(): Promise<void> {
  // Where the program is says who may call it; in a folder for all users only an administrator can change that.
  const hostFile = fileURLToPath(import.meta.url);
  const served = readServedIds(dirname(hostFile));
  const folder = hostFolder(ownSurroundings());
  const { credentialProcess } = ownPrograms(ownSurroundings(), hostFile);
  const requests = new Requests(process.stdin);
  const context: HandleContext = {
    folder,
    env: process.env,
    hostVersion: version,
    isConnected: () => !requests.ended,
    untilNext: () => requests.untilNext(),
    told: new Set(),
    putProcessProgram: async () => {
      const put = await putPrograms([credentialProcess], process.execPath);
      return put.ok ? ok(credentialProcess.start) : put;
    },
    refusal: served.ok ? callerFailure(process.argv.slice(2), served.value) : served.failure,
  };
  let isReady = false;
  for await (const frame of requests) {
    process.stdout.write(encodeFrame(await answer(frame, context)));
    if (context.refusal !== undefined) {
      process.exitCode = 1;
      process.stdin.destroy();
      return;
    }
    // A write comes once STS has answered. Until then the host has time to get ready.
    if (!isReady) warmUpWrite(folder).catch(() => {});
    isReady = true;
  }
  await stopListening(awsFilesOf(folder, process.env));
}

function answer(frame: Frame, context: HandleContext) {
  if (frame.kind === 'message') return handle(frame.bytes, context);
  const tooLarge = failure('message-too-large', { bytes: frame.byteLength, limit: maxMessageBytes });
  return answerEnvelope('', failed(context.refusal ?? tooLarge));
}
