import { Console } from 'node:console';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../../package.json';
import { failure } from '../core/failure.ts';
import { maxMessageBytes } from '../core/protocol.ts';
import { failed } from '../core/result.ts';
import { locateFiles } from '../credentials-file/locate.ts';
import { answerEnvelope } from './answer-envelope.ts';
import { callerFailure } from './caller.ts';
import { encodeFrame, type Frame, FrameDecoder } from './framing.ts';
import { type HandleContext, handle } from './handle.ts';
import { readInstallRecord } from './registration/install-record.ts';

// Only frames may reach stdout: one stray line there and the browser closes the port.
globalThis.console = new Console(process.stderr);

// An error's own words could hold a value, so none is printed.
process.on('uncaughtException', () => quit('something unexpected happened'));

// The browser went away in the middle of an answer. What is being written to disk is finished, nothing more is read.
process.stdout.on('error', () => process.stdin.destroy());

if (process.geteuid?.() !== process.getuid?.()) quit('it must not run with the rights of another user');
else await serve();

function quit(why: string): void {
  process.stderr.write(`roleferry host: ${why}\n`);
  process.exit(1);
}

/** Answers what stdin brings, one message at a time and in order, until it closes. */
async function serve(): Promise<void> {
  const { extensionIds, credentialsFile } = readInstallRecord(dirname(fileURLToPath(import.meta.url)));
  const env = { AWS_SHARED_CREDENTIALS_FILE: credentialsFile, ...process.env };
  const context: HandleContext = {
    files: locateFiles(env, process.platform, homedir()),
    hostVersion: version,
    refusal: callerFailure(process.argv.slice(2), extensionIds),
  };
  const decoder = new FrameDecoder();
  try {
    for await (const chunk of process.stdin) {
      for (const frame of decoder.push(chunk)) {
        process.stdout.write(encodeFrame(await answer(frame, context)));
        if (context.refusal !== undefined) {
          process.exitCode = 1;
          return;
        }
      }
    }
  } catch {
    // stdin broke or was destroyed above: both mean that nobody is there any more.
  }
}

function answer(frame: Frame, context: HandleContext) {
  if (frame.kind === 'message') return handle(frame.bytes, context);
  const tooLarge = failure('message-too-large', { bytes: frame.byteLength, limit: maxMessageBytes });
  return answerEnvelope('', failed(context.refusal ?? tooLarge));
}
