import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { failure } from '../../core/failure.ts';
import { errorCode } from '../../disk/fs-failure.ts';
import { findProgram } from '../../native-host/registration/system/system-program.ts';
import { reportFailure } from '../terminal/report-failure.ts';

/** What ends a program from outside. */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** What a terminal sends to all programs in the foreground, so also to the child. */
const ofTerminal: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT']);

/**
 * Runs `file` with this program's stdin, stdout and stderr. On Windows a bare name never means the current folder.
 * Returns the exit status: the child's own, or like a shell 127 if there is no such program and 126 if it cannot be run,
 * with the reason on stderr.
 *
 * Signals to end are passed on to the child, which decides. Ctrl-C at a terminal reaches the child anyway, and some
 * programs stop without cleaning up if they get it twice, so it is not passed on. If a signal ended the child, this
 * program ends by the same signal, so that its caller sees why.
 */
export async function runChild(file: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const atTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  let child: ChildProcess | undefined;
  const passOn = (signal: NodeJS.Signals) => {
    if (!(atTerminal && ofTerminal.has(signal))) child?.kill(signal);
  };
  // Listen before the child starts: a signal in between must not end us and leave the child running.
  for (const signal of stopSignals) process.on(signal, passOn);
  try {
    const { spawn } = await import('node:child_process');
    // Elsewhere the system looks in PATH alone, as a shell does.
    const program = process.platform === 'win32' ? findProgram(file, process.env, 'win32') : file;
    if (program === undefined) return notRun(file);
    child = spawn(program, args, { env, stdio: 'inherit' });
    const [status, signal] = await ended(child);
    if (status !== null) return status;
    for (const each of stopSignals) process.off(each, passOn);
    if (signal !== null && (stopSignals as readonly string[]).includes(signal))
      process.kill(process.pid, signal);
    return 128 + (constants.signals[signal ?? 'SIGKILL'] ?? 0);
  } catch (error) {
    return notRun(file, error);
  } finally {
    for (const signal of stopSignals) process.off(signal, passOn);
  }
}

const ended = (child: ChildProcess) =>
  new Promise<[status: number | null, signal: NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => resolve([status, signal]));
  });

/** Without an `error` there is no such program. */
function notRun(file: string, error?: unknown): number {
  const code = error === undefined ? 'ENOENT' : errorCode(error);
  if (code === 'ENOENT') {
    reportFailure(failure('command-not-found', { command: file }));
    return 127;
  }
  const reason = code === 'EACCES' ? 'permission denied' : `the system says ${code ?? 'nothing about it'}`;
  reportFailure(failure('command-not-run', { command: file, reason }));
  return 126;
}
