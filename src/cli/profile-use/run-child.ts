import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { failure } from '../../core/failure.ts';
import { errorCode } from '../../disk/fs-failure.ts';
import { findProgram } from '../../native-host/registration/system/system-program.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { signalThroughShell } from './signal-through-shell.ts';

const isWindows = process.platform === 'win32';

/** What ends a program from outside. SIGBREAK is Ctrl-Break of Windows. */
const stopSignals = [
  ...(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const),
  ...(isWindows ? (['SIGBREAK'] as const) : []),
];

/** What a terminal sends to all programs in the foreground, so also to the child. */
const ofTerminal: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT']);

/** A program to run, and its arguments. */
export interface Call {
  file: string;
  args: readonly string[];
  /** Whether it is a shell in between, which runs the command line of the user. */
  isShell?: boolean;
}

/**
 * A POSIX shell that runs `line`. When a signal asks it to end, it waits for the program that runs, begins no other, and
 * ends with that one's status. A line of several commands that was cut short never ends in 0.
 */
export const shellCall = (shell: string, line: string): Call => ({
  file: shell,
  args: ['-c', stopSignals.map((signal) => trap(signal, isOneCommand.test(line))).join('') + line],
  isShell: true,
});

/** With nothing that has a meaning to a shell. */
const isOneCommand = /^[\w ./:=@%+,-]*$/;

const trap = (signal: NodeJS.Signals, isLast: boolean): string => {
  const status = isLast ? '' : ` $(( $? ? $? : ${128 + constants.signals[signal]} ))`;
  return `trap 'exit${status}' ${signal.slice('SIG'.length)}; `;
};

/**
 * Runs a program with this program's stdin, stdout and stderr. On Windows a bare name never means the current folder.
 * Returns the exit status: the child's own, or like a shell 127 if there is no such program and 126 if it cannot be run,
 * with the reason on stderr.
 *
 * Signals to end are passed on to the child, which decides. Ctrl-C at a terminal reaches the child anyway, and some
 * programs stop without cleaning up if they get it twice, so it is not passed on. If a signal ended the child, this
 * program ends by the same signal, so that its caller sees why. Through a shell the signal reaches the programs that the
 * shell runs, and the shell says with its status that a signal ended one. On Windows nothing has to be passed on.
 */
export async function runChild({ file, args, isShell }: Call, env: NodeJS.ProcessEnv): Promise<number> {
  const atTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  let child: ChildProcess | undefined;
  const passedOn = new Set<NodeJS.Signals>();
  const passOn = (signal: NodeJS.Signals) => {
    passedOn.add(signal);
    // On Windows they all come from the console, which tells the child too, and to pass one on would be to kill it.
    if (isWindows || (atTerminal && ofTerminal.has(signal))) return;
    if (isShell && child?.pid !== undefined) signalThroughShell(child.pid, [file, ...args].join(' '), signal);
    else child?.kill(signal);
  };
  // Listen before the child starts: a signal in between must not end us and leave the child running.
  for (const signal of stopSignals) process.on(signal, passOn);
  try {
    const { spawn } = await import('node:child_process');
    // Elsewhere the system looks in PATH alone, as a shell does.
    const program = isWindows ? findProgram(file, process.env, 'win32') : file;
    if (program === undefined) return notRun(file);
    child = spawn(program, [...args], { env, stdio: 'inherit' });
    const [status, killer] = await ended(child);
    const isToldBy = (signal: NodeJS.Signals) => isShell && status === 128 + constants.signals[signal];
    const signal = killer ?? [...passedOn].find(isToldBy);
    if (signal === undefined) return status ?? 128;
    for (const each of stopSignals) process.off(each, passOn);
    if ((stopSignals as readonly string[]).includes(signal)) process.kill(process.pid, signal);
    return 128 + constants.signals[signal];
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

/** The status of a shell if there is no such program. */
export const noProgramStatus = 127;

/** Without an `error` there is no such program. */
async function notRun(file: string, error?: unknown): Promise<number> {
  const code = error === undefined ? 'ENOENT' : errorCode(error);
  if (code === 'ENOENT') {
    await reportFailure(failure('command-not-found', { command: file }));
    return noProgramStatus;
  }
  const reason = code === 'EACCES' ? 'permission denied' : `the system says ${code ?? 'nothing about it'}`;
  await reportFailure(failure('command-not-run', { command: file, reason }));
  return 126;
}
