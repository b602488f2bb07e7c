import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { failure } from '../../core/failure.ts';
import { errorCode } from '../../disk/fs-failure.ts';
import { findProgram } from '../../native-host/registration/system/system-program.ts';
import { reportFailure } from '../terminal/report-failure.ts';

/** What ends a program from outside. */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** What a terminal sends to every program in front of it, and so to the child as well. */
const ofTerminal: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT']);

/**
 * Runs `file` (on Windows never from the current folder by its name alone) with this program's stdin, stdout and
 * stderr, so that a terminal stays one, and gives the status to
 * exit with: the child's own; 127 when there is no such program and 126 when it cannot be run, with the reason on
 * stderr, as shells do.
 *
 * A signal that asks this program to end is passed on, and the child decides. Ctrl-C at a terminal reaches the child
 * by itself: it is not sent a second time, which some programs take for an order to stop without tidying up. When a
 * signal ended the child this program ends by the same one, so that whoever waits sees the truth.
 */
export async function runChild(file: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const atTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  let child: ChildProcess | undefined;
  const passOn = (signal: NodeJS.Signals) => {
    if (!(atTerminal && ofTerminal.has(signal))) child?.kill(signal);
  };
  // Listening before the child is there: a signal in between must not end us and leave the child running.
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
