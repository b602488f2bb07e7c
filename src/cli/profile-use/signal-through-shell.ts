import { readdirSync, readFileSync } from 'node:fs';

/**
 * Sends `signal` to `shell`, which runs a command line (`line`: its own words, joined by blanks), and to the programs that
 * it waits for, wherever in a pipeline or a subshell they are. What those programs start is their own business. If the
 * shell has become the last program of the line, as some do, that alone gets it.
 *
 * A process group would be simpler, but who ends the group of this program, such as `timeout` or a terminal that closes,
 * would leave the command running: see docs/decisions/0056.
 */
export function signalThroughShell(shell: number, line: string, signal: NodeJS.Signals): void {
  const all = processes();
  const known = all.find(({ pid }) => pid === shell);
  const isShell = (one: Process) => one.line === known?.line && one.line.startsWith(firstLine(line));
  const reached = (one: Process): Process[] => [
    one,
    ...(isShell(one) ? all.filter(({ parent }) => parent === one.pid).flatMap(reached) : []),
  ];
  for (const { pid } of known === undefined ? [{ pid: shell }] : reached(known)) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

interface Process {
  pid: number;
  parent: number;
  /** Its words, joined by blanks. `ps` may show a line break as something else. */
  line: string;
}

const processes = (): Process[] => (process.platform === 'linux' ? fromProc() : fromPs());

/** Not every container has `ps`. */
function fromProc(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The name of the program, in parentheses, may have any character.
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ');
      const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').replace(/\0$/, '').replaceAll('\0', ' ');
      return [{ pid: Number(name), parent: Number(parent), line: words }];
    } catch {
      // It has ended meanwhile, or is hidden.
      return [];
    }
  });
}

function fromPs(): Process[] {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { stdout } = spawnSync('/bin/ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').flatMap((row) => {
    const [, pid, parent, line = ''] = /^ *(\d+) +(\d+) (.*)$/.exec(row) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), line }];
  });
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
