import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { needs } from '../needs.ts';
import { newPrefix, nodeInWindows, productInWindows, wineEnvironment } from './prefix.ts';

export interface Ended {
  /** Its lowest 8 bits: Linux passes on no more. */
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface CallOptions {
  input?: string | Uint8Array;
  /** Variables beside those of a fresh Windows. Wine sets PATH, TEMP and the user's folders itself. */
  env?: Record<string, string>;
  /** A path of Linux; the user's folder if there is none. */
  cwd?: string;
  /** Of what it says. */
  encoding?: 'utf8' | 'latin1';
}

/**
 * A Windows of its own for one test file, under Wine, with Node in `C:\Program Files\nodejs` and the built product as npm
 * puts it there. Test files are in test/windows, where the project `windows` makes the Windows that this copies:
 *
 *     const { missing } = needs('wine');
 *     describe.skipIf(missing)('…', () => {
 *       let windows: Windows;
 *       beforeAll(async () => { windows = await Windows.open(); });
 *       afterAll(() => windows.close());
 *       it('…', async () => {
 *         expect(await windows.roleferry(['--version'])).toMatchObject({ status: 0 });
 *         await windows.run('C:\\x\\roleferry.exe', ['install']);   // any program of Windows
 *         expect(await windows.registryKey('HKCU\\Software\\…')).toEqual({ '@': 'C:\\…' });
 *
 * Paths: `linux('C:\\x')` and `windows('/x')` translate; `home` is the user's folder on Linux.
 */
export class Windows {
  /** The user's folder, `C:\users\USER`, as a path of Linux. */
  readonly home: string;
  /** The drive C:, as a path of Linux. */
  readonly drive: string;
  private readonly wine: string;
  private readonly prefix: string;
  private readonly user: string;

  private constructor(wine: string, prefix: string, user: string) {
    this.wine = wine;
    this.prefix = prefix;
    this.user = user;
    this.drive = join(prefix, 'drive_c');
    this.home = join(this.drive, 'users', user);
  }

  /** `user`: its name, which is in all paths of that user. */
  static async open({ user = 'Jo' } = {}): Promise<Windows> {
    const { path } = needs('wine');
    const opened = new Windows(path, await newPrefix(path), user);
    mkdirSync(opened.home, { recursive: true });
    // It would end after each program, and take seconds to start with the next.
    execFileSync('wineserver', ['-p300'], { env: opened.environment(), stdio: 'ignore' });
    return opened;
  }

  /** Ends all of its programs, and removes it. */
  async close(): Promise<void> {
    const child = spawn('wineserver', ['-k', '-w'], { env: this.environment(), stdio: 'ignore' });
    await once(child, 'exit');
    rmSync(this.prefix, { recursive: true });
  }

  /** The path of Linux that Windows' `path` on C: is. */
  linux(path: string): string {
    return join(this.drive, path.replace(/^C:/i, '').replaceAll('\\', '/'));
  }

  /** The path of Windows for `path`: on C:, else on Z:, which is the root of Linux. */
  windows(path: string): string {
    const below = relative(this.drive, path);
    const whole = below.startsWith('..') ? `Z:${path}` : `C:/${below}`;
    return whole.replaceAll('/', '\\');
  }

  get node(): string {
    return this.windows(join(this.drive, nodeInWindows));
  }

  /** A built program, such as `roleferry.cjs`. */
  product(name: string): string {
    return this.windows(join(this.drive, productInWindows, name));
  }

  /** Runs the built CLI. */
  roleferry(args: readonly string[], options?: CallOptions): Promise<Ended> {
    return this.run(this.node, [this.product('roleferry.cjs'), ...args], options);
  }

  /** Runs a program of Windows, with files as stdin, stdout and stderr: Node cannot open pipes of Linux there. */
  run(program: string, args: readonly string[], options: CallOptions = {}): Promise<Ended> {
    return this.start(program, args, options).ended;
  }

  /** Starts it. What it has written so far: `said()`. */
  start(program: string, args: readonly string[], options: CallOptions = {}): Started {
    const { input = '', env = {}, cwd = this.home, encoding = 'utf8' } = options;
    const folder = mkdtempSync(join(this.prefix, 'io-'));
    const file = (name: string) => join(folder, name);
    writeFileSync(file('stdin'), input);
    const output = ['stdout', 'stderr'].map((name) => openSync(file(name), 'w'));
    const descriptors = [openSync(file('stdin'), 'r'), ...output];
    const child = spawn(this.wine, [program, ...args], {
      env: { ...this.environment(), ...env },
      cwd,
      stdio: descriptors,
    });
    for (const descriptor of descriptors) closeSync(descriptor);
    const said = () => ({
      stdout: readFileSync(file('stdout'), encoding),
      stderr: readFileSync(file('stderr'), encoding),
    });
    const ended = once(child, 'exit').then(([status]) => {
      const both = said();
      rmSync(folder, { recursive: true });
      return { status, ...both };
    });
    return { child, said, ended };
  }

  /**
   * Runs `line` as Node's `child_process.exec` does, and with it the SDK for JavaScript: `cmd.exe /d /s /c "line"`, with
   * pipes.
   */
  async exec(line: string, { env }: Pick<CallOptions, 'env'> = {}): Promise<Ended> {
    const script =
      "require('node:child_process').exec(process.argv[1], { encoding: 'latin1' }, (error, stdout, stderr) =>" +
      ' console.log(JSON.stringify({ status: error ? error.code : 0, stdout, stderr })))';
    const { stdout, stderr } = await this.run(this.node, ['-e', script, line], env ? { env } : {});
    if (stdout === '') throw new Error(stderr);
    const told: Ended = JSON.parse(stdout);
    const utf8 = (text: string) => Buffer.from(text, 'latin1').toString('utf8');
    return { ...told, stdout: utf8(told.stdout), stderr: utf8(told.stderr) };
  }

  /**
   * The values of a key of the registry, by name, `@` being the default one; `undefined` if there is no such key. reg.exe
   * exports it into a file in UTF-16, since what it prints is in a code page of DOS.
   */
  async registryKey(key: string): Promise<Record<string, string> | undefined> {
    const file = join(this.drive, 'key.reg');
    const { status } = await this.run('reg', ['export', key, this.windows(file), '/y']);
    if (status !== 0) return undefined;
    const [, own = ''] = readFileSync(file, 'utf16le').split(/^\[/m);
    rmSync(file);
    const values = own.matchAll(/^(?:@|"(.*?)")="(.*)"\r?$/gm);
    return Object.fromEntries(
      [...values].map(([, name = '@', value = '']) => [name, value.replace(/\\(.)/g, '$1')]),
    );
  }

  private environment(): Record<string, string> {
    return wineEnvironment(this.prefix, this.user);
  }
}

export interface Started {
  child: ChildProcess;
  said(): { stdout: string; stderr: string };
  ended: Promise<Ended>;
}
