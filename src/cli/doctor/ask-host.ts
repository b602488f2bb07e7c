import { spawn } from 'node:child_process';
import * as v from 'valibot';
import { failure } from '../../core/failure.ts';
import { type Answer, answerEnvelopeSchema, answerSchemas } from '../../core/protocol/answers.ts';
import { maxMessageBytes, protocolVersion } from '../../core/protocol/protocol.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import type { Surroundings } from '../../native-host/registration/system/surroundings.ts';
import { windowsProgram } from '../../native-host/registration/system/system-program.ts';

/** Browsers wait for ever; a host that takes longer than this is not coming. */
const patienceSeconds = 10;

const headerBytes = 4;

/**
 * Starts the host at `path` as a browser does, with `caller` as its arguments, says hello to it and gives its answer.
 * Failures: `host-exited`, `host-silent`, `host-answer-invalid`, and what the host itself reports.
 */
export async function askHost(
  path: string,
  caller: string[],
  surroundings: Surroundings,
): Promise<Result<Answer<'hello'>>> {
  const env = environmentOfBrowsers(surroundings);
  const child = startHost(path, caller, env, surroundings.platform);
  const chunks: Buffer[] = [];
  const said = new Promise<Buffer | undefined>((resolve) => {
    child.on('error', () => resolve(Buffer.alloc(0)));
    child.on('close', () => resolve(Buffer.concat(chunks)));
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      if (isWhole(bytes)) resolve(bytes);
    });
    setTimeout(() => resolve(undefined), patienceSeconds * 1000).unref();
  });
  child.stdin.on('error', () => {
    // It ended before it read. The missing answer is reported anyway.
  });
  child.stdin.write(frame({ version: protocolVersion, id: 'doctor', type: 'hello' }));
  const bytes = await said;
  child.stdin.end();
  if (bytes === undefined) {
    child.kill('SIGKILL');
    return failed(failure('host-silent', { seconds: patienceSeconds }));
  }
  return bytes.length === 0 ? failed(failure('host-exited')) : readAnswer(bytes);
}

function startHost(path: string, caller: string[], env: NodeJS.ProcessEnv, platform: NodeJS.Platform) {
  const stdio: ['pipe', 'pipe', 'ignore'] = ['pipe', 'pipe', 'ignore'];
  if (platform !== 'win32') return spawn(path, caller, { env, stdio });
  // A batch file has to be run by cmd.exe; both browsers do the same.
  const line = [path, ...caller].map((word) => `"${word}"`).join(' ');
  const args = ['/d', '/s', '/c', `"${line}"`];
  return spawn(windowsProgram('cmd.exe', env), args, { env, stdio, windowsVerbatimArguments: true });
}

/** A browser that was started from a desktop has nothing of what a shell sets up. */
function environmentOfBrowsers({ env, platform }: Surroundings): NodeJS.ProcessEnv {
  const own = Object.entries(env).filter(([name]) => !/^(AWS_|NODE_)/.test(name));
  return { ...Object.fromEntries(own), ...(platform !== 'win32' && { PATH: '/usr/bin:/bin' }) };
}

function frame(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(body.length);
  return Buffer.concat([header, body]);
}

/** Whether this is a whole frame, or can never become one. */
function isWhole(bytes: Buffer): boolean {
  if (bytes.length < headerBytes) return false;
  const length = bytes.readUInt32LE();
  return length > maxMessageBytes || bytes.length >= headerBytes + length;
}

function readAnswer(bytes: Buffer): Result<Answer<'hello'>> {
  const invalid = failed(failure('host-answer-invalid'));
  if (bytes.length < headerBytes || bytes.readUInt32LE() !== bytes.length - headerBytes) return invalid;
  try {
    const envelope = v.parse(answerEnvelopeSchema, JSON.parse(bytes.toString('utf8', headerBytes)));
    if (!envelope.ok) return failed(envelope.failure);
    return ok(v.parse(answerSchemas.hello, envelope.value));
  } catch {
    return invalid;
  }
}
