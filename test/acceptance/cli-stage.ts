import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { makeScratchHome, type ScratchHome } from '../rehearsal/scratch-home.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';

/** What a program left when it ended. */
interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

interface Call {
  input?: string | Uint8Array;
  env?: Record<string, string>;
}

/** A stand-in for AWS and a home folder for one of our programs. */
export class Stage {
  readonly rehearsal: Rehearsal;
  readonly home: ScratchHome;
  private readonly program: string[];

  constructor(rehearsal: Rehearsal, home: ScratchHome, program: string[]) {
    this.rehearsal = rehearsal;
    this.home = home;
    this.program = program;
  }

  /** Opens one for the program that `program` starts; its arguments come behind. */
  static async open(program: string[]): Promise<Stage> {
    const [rehearsal, home] = await Promise.all([startRehearsal(), makeScratchHome()]);
    return new Stage(rehearsal, home, program);
  }

  async close(): Promise<void> {
    await Promise.all([this.rehearsal.close(), this.home.close()]);
  }

  /** As if nothing had been done yet. */
  clean(): void {
    this.rehearsal.onSts = undefined;
    this.rehearsal.requests.length = 0;
    for (const name of this.files()) rmSync(join(this.home.path, '.aws', name), { recursive: true });
  }

  /** What is in `~/.aws`, byte for byte. */
  contents(): Record<string, string> {
    return Object.fromEntries(
      this.files().map((name) => [name, readFileSync(join(this.home.path, '.aws', name), 'latin1')]),
    );
  }

  credentials(): string {
    const { credentialsFile } = this.home;
    return existsSync(credentialsFile) ? readFileSync(credentialsFile, 'utf8') : '';
  }

  private files(): string[] {
    const folder = join(this.home.path, '.aws');
    return existsSync(folder) ? readdirSync(folder) : [];
  }

  get env(): Record<string, string> {
    return {
      ...this.home.env,
      AWS_ENDPOINT_URL_STS: this.rehearsal.stsHttpUrl,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
  }

  /** Runs the program without a terminal, wherever the tests themselves run. */
  async run(args: string[], { input = '', env = {} }: Call = {}): Promise<Ended> {
    const [file = '', ...first] = this.program;
    const end = await ended(file, [...first, ...args], input, { ...this.env, ...env });
    return { ...end, stderr: this.withoutEndpoint(end.stderr) };
  }

  /** The output without the line that names the stand-in for AWS, which is always the same. */
  private withoutEndpoint(said: string): string {
    const { host } = new URL(this.rehearsal.stsHttpUrl);
    return said.replace(`Asking ${host} instead of AWS STS (AWS_ENDPOINT_URL_STS).\n`, '');
  }

  /**
   * Runs the program on a terminal, its stdin being `input`: after each text that it waits for, the user's answer
   * is typed. `shown` is all that the terminal showed.
   */
  async runOnTerminal(
    args: string[],
    conversation: [waitFor: string, type: string][],
    { input = '', env = {} }: Call = {},
  ): Promise<{ status: number; shown: string }> {
    const folder = mkdtempSync(join(this.home.path, 'terminal-'));
    try {
      const stdin = join(folder, 'stdin');
      writeFileSync(stdin, input);
      const task = JSON.stringify({ argv: [...this.program, ...args], stdin, conversation });
      const { status, stdout, stderr } = await ended('python3', ['-c', terminal], task, {
        ...this.env,
        ...env,
      });
      if (status !== 0) throw new Error(`the terminal failed: ${stderr}`);
      const told: { status: number; shown: string } = JSON.parse(stdout);
      return { ...told, shown: this.withoutEndpoint(told.shown) };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

/** A pseudo-terminal, which Node itself cannot open. */
const terminal = `
import json, os, pty, signal, sys
told = json.load(sys.stdin)
pid, tty = pty.fork()
if pid == 0:
    os.dup2(os.open(told['stdin'], os.O_RDONLY), 0)
    os.execvp(told['argv'][0], told['argv'])
signal.alarm(25)
shown = b''
def read():
    global shown
    try: part = os.read(tty, 65536)
    except OSError: part = b''
    shown += part
    return part
for wait, answer in told['conversation']:
    start = len(shown)
    while wait.encode() not in shown[start:]:
        if not read(): break
    os.write(tty, answer.encode())
while read(): pass
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(json.dumps({'status': status, 'shown': shown.decode().replace('\\r\\n', '\\n')}))
`;

async function ended(
  file: string,
  args: string[],
  input: string | Uint8Array,
  env: Record<string, string>,
): Promise<Ended> {
  // Without a terminal: a process group of its own.
  const child = spawn(file, args, { env, detached: true });
  const end = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve([status, signal]));
  });
  child.stdin.on('error', () => {
    // A program that ended without reading says why on stderr.
  });
  child.stdin.end(input);
  const [[status, signal], stdout, stderr] = await Promise.all([end, text(child.stdout), text(child.stderr)]);
  return { status, signal, stdout, stderr };
}
