import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostProcesses, savedAs } from '../e2e/stage.ts';
import { makeScratchHome, type ScratchHome } from '../rehearsal/scratch-home.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { soon } from '../soon.ts';
import type { OpenBrowser } from './chromium-browser.ts';
import { packAs, packBuilt } from './pack-product.ts';

const run = promisify(execFile);
const newerVersion = '99.0.0';

/** A kind of browser to go through the scenario with. */
export interface BrowserToInstallFor {
  name: string;
  /** The page that the user is sent to, and what the path ends in that they are told to choose there. */
  click: { page: string; choose: string };
  /** Makes the browser of this home one that a person has used. */
  prepare(home: ScratchHome): Promise<void>;
  /** Opens it with the extension that install put into `extensionDir`, as the user does with the click. */
  open(rehearsal: Rehearsal, home: ScratchHome, extensionDir: string): Promise<OpenBrowser>;
}

/** Install, log in, update, log in, uninstall: from the packed product, in a home that has seen none of it. */
export function describeInstalling(browserKind: 'chromium' | 'firefox', its: BrowserToInstallFor): void {
  describe(`the packed product, with ${its.name}`, () => {
    let rehearsal: Rehearsal;
    let home: ScratchHome;
    let packages: string;
    let tarball: string;
    let newerTarball: string;
    let browser: OpenBrowser | undefined;
    let before: string[];

    beforeAll(async () => {
      packages = await mkdtemp(join(tmpdir(), 'roleferry-packages-'));
      rehearsal = await startRehearsal();
      home = await makeScratchHome(rehearsal.caCertificatePem);
      await its.prepare(home);
      before = await ownFiles();
      tarball = await packBuilt(packages);
      newerTarball = await packAs(newerVersion, packages);
    }, 120_000);

    afterAll(async () => {
      await browser?.close();
      await home?.close();
      await rehearsal?.close();
      await rm(packages, { recursive: true, force: true });
    });

    /** npm with an empty cache, and a registry that doesn't answer. */
    const npmEnv = () => ({
      ...home.env,
      npm_config_cache: join(packages, 'cache'),
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_update_notifier: 'false',
    });
    const npx = (from: string, ...args: string[]) =>
      run('npx', ['--offline', '--yes', `--package=${from}`, 'roleferry', ...args], {
        cwd: home.path,
        env: npmEnv(),
      });
    const hostFolder = () => join(home.path, '.local/share/roleferry');
    const credentials = () => readFile(home.credentialsFile, 'utf8');

    /** What is in the home, but for what the browser itself keeps. */
    async function ownFiles(): Promise<string[]> {
      const names = await readdir(home.path, { recursive: true });
      const ofBrowser =
        /^(\.config\/(chromium|mozilla)|chromium|firefox|\.mozilla\/firefox|\.pki|\.cache|snap|core)(\/(?!NativeMessagingHosts)|$)/;
      return names.filter((name) => !ofBrowser.test(name) && !name.startsWith('.aws/')).sort();
    }

    it('is installed by npx without a registry, within the home, and says which click is left', async () => {
      const { stdout, stderr } = await npx(tarball, 'install');
      const places = stdout.trimEnd().split('\n');
      expect(places.filter((line) => !line.startsWith(`wrote ${home.path}/`))).toEqual([]);
      expect(stderr).toContain(`next, in ${its.name}: open ${its.click.page}`);
      expect(stderr).toContain(`\n  ${join(hostFolder(), 'extension', browserKind, its.click.choose)}\n`);
      // npm may clear its cache at any time.
      await rm(join(packages, 'cache'), { recursive: true });
    });

    it('writes the profile of a login', async () => {
      browser = await its.open(rehearsal, home, join(hostFolder(), 'extension', browserKind));
      await browser.logIn('alice');
      const popup = await browser.openPopup();
      await savedAs(popup, 'dev');
      await popup.close();
      expect(await credentials()).toMatch(/^\[dev\]\naws_access_key_id = ASIA/);
    });

    it('is said to be in order by the doctor', async () => {
      const { stdout } = await npx(tarball, 'doctor');
      expect(stdout).toContain('the host answers');
      expect(stdout).not.toContain('✗');
    });

    it('is updated while the browser runs and has the old host open', async () => {
      await browser?.logIn('alice');
      await expect.poll(() => hostProcesses({ home }), soon).not.toEqual([]);
      const [old] = await hostProcesses({ home });
      const { stdout, stderr } = await npx(newerTarball, 'install');
      expect(stdout).toContain(`wrote ${join(hostFolder(), 'native-host.cjs')}`);
      expect(stderr).toContain('If Roleferry is there already, press its');
      // The extension lets go of a host that has nothing to do for five seconds.
      await expect.poll(() => hostProcesses({ home }), soon).not.toContain(old);
      const written = await credentials();
      await browser?.logIn('alice');
      await expect.poll(credentials, soon).not.toBe(written);
      expect((await npx(newerTarball, 'doctor')).stdout).toContain(
        `the host answers: version ${newerVersion}`,
      );
    });

    it('leaves nothing behind but the profiles when it is uninstalled', async () => {
      await browser?.close();
      browser = undefined;
      await run(
        'npm',
        ['install', '--offline', '--global', '--prefix', join(packages, 'prefix'), newerTarball],
        {
          env: npmEnv(),
        },
      );
      const roleferry = join(packages, 'prefix/bin/roleferry');
      expect(existsSync(hostFolder())).toBe(true);
      const { stdout, stderr } = await run(roleferry, ['uninstall'], { env: home.env });
      expect(stdout).toContain(`removed ${hostFolder()}\n`);
      expect(stderr).toContain('remove Roleferry from the extensions');
      expect(await ownFiles()).toEqual(before);
      expect(await credentials()).toContain('[dev]');
    });
  });
}
