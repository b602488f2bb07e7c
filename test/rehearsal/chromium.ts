import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { findTool } from '../needs.ts';
import { type BrowserPolicies, chromiumWithPolicies } from './chromium-policy.ts';
import type { ScratchHome } from './scratch-home.ts';
import type { Rehearsal } from './server.ts';
import { windowVariables } from './window-variables.ts';

export interface ChromiumOptions {
  rehearsal: Rehearsal;
  /** Its trust store holds the rehearsal's authority, and native hosts inherit it as HOME. */
  home: ScratchHome;
  /** Unpacked extensions. */
  extensionDirs?: string[];
  /** Without a window unless `false`. */
  headless?: boolean;
  /** What an administrator sets for the browser. */
  policies?: BrowserPolicies;
  /** `true`: it installs and updates extensions as its policies say. */
  updates?: boolean;
}

/** No calls home, and so no updates of extensions either. */
const quiet = '--disable-background-networking';

/** Where the browser keeps its profile in a scratch home, e.g. to put native host manifests into. */
export const userDataDirOf = (home: ScratchHome): string => join(home.path, 'chromium');

/**
 * Starts Chrome, Chromium or Edge with every host name leading to the rehearsal and certificates really
 * checked against the scratch home's trust store. The browser's own calls home end at the rehearsal too.
 */
export async function launchChromium(options: ChromiumOptions): Promise<Browser> {
  const executablePath = findTool('chromium');
  if (executablePath === undefined) {
    throw new Error(
      'No Chrome, Chromium or Edge found on PATH. Install one (Debian package chromium), or name it in PUPPETEER_EXECUTABLE_PATH.',
    );
  }
  if (options.headless === false) await pinExtension(userDataDirOf(options.home));
  const isRoot = process.getuid?.() === 0;
  return puppeteer.launch({
    executablePath: options.policies
      ? await chromiumWithPolicies(options.home, options.policies)
      : executablePath,
    headless: options.headless ?? true,
    // A window shows its pages in its own size.
    ...(options.headless === false ? { defaultViewport: null } : {}),
    // The end of the pipe is the end of the browser, so that none outlives this process.
    pipe: true,
    // puppeteer would end this process, with no time to clear up.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    userDataDir: userDataDirOf(options.home),
    // What a browser leaves in the folder for temporary files goes when the home goes.
    env: { ...windowVariables(), ...options.home.env, TMPDIR: options.home.path },
    ...(options.extensionDirs === undefined ? {} : { enableExtensions: options.extensionDirs }),
    ...(options.updates ? { enableExtensions: true, ignoreDefaultArgs: [quiet] } : {}),
    args: [
      `--host-resolver-rules=MAP * 127.0.0.1:${options.rehearsal.port},EXCLUDE localhost,EXCLUDE 127.0.0.1`,
      ...(options.updates ? [] : [quiet]),
      '--disable-component-update',
      '--disable-domain-reliability',
      '--disable-sync',
      '--no-default-browser-check',
      '--no-first-run',
      '--no-pings',
      // Chromium's sandbox does not run as root.
      ...(isRoot ? ['--no-sandbox'] : []),
    ],
  });
}

/** Puts the product's button, and so its badge, where it is seen; a person does it from the puzzle icon. */
async function pinExtension(userDataDir: string): Promise<void> {
  const preferences = { extensions: { pinned_extensions: [chromiumExtensionId] } };
  await mkdir(join(userDataDir, 'Default'), { recursive: true });
  await writeFile(join(userDataDir, 'Default', 'Preferences'), JSON.stringify(preferences));
}
