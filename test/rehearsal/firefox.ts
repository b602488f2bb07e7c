import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { firefoxExtensionId } from '../../src/core/product.ts';
import { findTool } from '../needs.ts';
import { type ConnectProxy, startConnectProxy } from './connect-proxy.ts';
import { firefoxWithPolicies } from './firefox-policy.ts';
import { type ScratchHome, trustAuthority } from './scratch-home.ts';
import type { Rehearsal } from './server.ts';
import { windowVariables } from './window-variables.ts';

export interface FirefoxOptions {
  rehearsal: Rehearsal;
  /** It holds the browser's profile, and native hosts inherit it as HOME. */
  home: ScratchHome;
  /** The unpacked product, installed permanently at the first start; nothing without it. */
  extensionDir?: string;
  /** `false`: the user has not given the extension its hosts. */
  permission?: boolean;
  /** Without a window unless `false`. */
  headless?: boolean;
  /** What an administrator sets: the contents of policies.json. */
  policies?: object;
}

/** A Firefox with the product. */
export interface Firefox {
  browser: Browser;
  /** Adds the unpacked product until the browser is closed, as a person does on about:debugging. */
  addTemporarily(extensionDir: string): Promise<void>;
  /** Runs the body of an async function with the rights of the browser's own code, and returns what it returns. */
  system(body: string): Promise<unknown>;
  /** Sends a tab to a page of the extension, and waits until it is loaded. */
  showExtensionPage(page: Page, path: string): Promise<void>;
  close(): Promise<void>;
}

/** Under which its pages are found; Firefox would give every profile another one. */
const internalId = '3f1d8a52-6c0e-4b7a-9d24-5e8c7b1a0f63';

/** Before that pages of the product are not found. */
const ready = `await WebExtensionPolicy.getByID('${firefoxExtensionId}').readyPromise`;

/** The same where a policy has it installed, which begins after the start. */
const installed = `
  const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
  if (!(await AddonManager.getAddonByID('${firefoxExtensionId}'))) {
    await new Promise((resolve) => {
      const listener = { onInstalled: ({ id }) => id === '${firefoxExtensionId}' && resolve() };
      AddonManager.addAddonListener(listener);
    });
  }
  ${ready}`;

/** The address of a file of the extension. */
export const firefoxExtensionUrl = (path: string): string => `moz-extension://${internalId}/${path}`;

/**
 * Starts Firefox with the product in the profile of a scratch home, again with all that is in it if there is one. The
 * rehearsal's hosts are reached through a proxy that turns everything else away, and certificates are really checked
 * against the profile's own store.
 */
export async function launchFirefox(options: FirefoxOptions): Promise<Firefox> {
  const executablePath = findTool('firefox');
  if (executablePath === undefined) {
    throw new Error('No Firefox found on PATH. Install one (Debian package firefox-esr).');
  }
  const { home, rehearsal } = options;
  const profile = join(home.path, 'firefox');
  // The folder is there from the second start on.
  if ((await mkdir(profile, { recursive: true })) !== undefined) {
    await trustAuthority(profile, rehearsal.caCertificatePem);
    if (options.extensionDir !== undefined) {
      await cp(options.extensionDir, join(profile, 'extensions', firefoxExtensionId), { recursive: true });
    }
  }
  const proxy = await startConnectProxy(rehearsal);
  try {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: options.policies
        ? await firefoxWithPolicies(home, executablePath, options.policies)
        : executablePath,
      headless: options.headless ?? true,
      // A window shows its pages in its own size.
      ...(options.headless === false ? { defaultViewport: null } : {}),
      // puppeteer would end this process, with no time to clear up.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      userDataDir: profile,
      // Without it pages of extensions cannot be driven.
      args: ['--remote-allow-system-access'],
      // What a browser leaves in the folder for temporary files goes when the home goes.
      env: { ...windowVariables(), ...home.env, TMPDIR: home.path },
      extraPrefsFirefox: preferences(proxy, options.permission ?? true),
    });
    const firefox = firefoxOn(browser, proxy);
    if (options.extensionDir !== undefined) await firefox.system(ready);
    if (options.policies !== undefined) await firefox.system(installed);
    return firefox;
  } catch (error) {
    await proxy.close();
    throw error;
  }
}

function preferences({ port }: ConnectProxy, permission: boolean): Record<string, string | number | boolean> {
  return {
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': port,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': port,
    'extensions.webextensions.uuids': JSON.stringify({ [firefoxExtensionId]: internalId }),
    // Installed as from the store, though unsigned, which ESR allows.
    'xpinstall.signatures.required': false,
    'extensions.autoDisableScopes': 0,
    'extensions.startupScanScopes': 15,
    'extensions.originControls.grantByDefault': permission,
    'intl.locale.requested': 'en-US',
    'browser.translations.automaticallyPopup': false,
  };
}

function firefoxOn(browser: Browser, proxy: ConnectProxy): Firefox {
  const { connection } = browser as unknown as BidiBrowser;
  const firefox: Firefox = {
    browser,
    async addTemporarily(extensionDir) {
      await browser.installExtension(extensionDir);
      await firefox.system(ready);
    },
    async system(body) {
      const { result: tree } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
      const { result } = await connection.send('script.callFunction', {
        functionDeclaration: `async () => JSON.stringify(await (async () => { ${body} })())`,
        awaitPromise: true,
        target: { context: tree.contexts?.[0]?.context },
      });
      if (result.type === 'exception') throw new Error(result.exceptionDetails?.text);
      const json = result.result?.value;
      return json === undefined ? undefined : JSON.parse(json);
    },
    async showExtensionPage(page, path) {
      // `goto` waits for events that Firefox does not send for these pages.
      const { _id: context } = page.mainFrame() as unknown as { _id: string };
      await connection.send('browsingContext.navigate', {
        context,
        url: firefoxExtensionUrl(path),
        wait: 'complete',
      });
    },
    async close() {
      await browser.close();
      await proxy.close();
    },
  };
  return firefox;
}

/** What puppeteer has and does not tell of: the way to commands that it has no words for. */
interface BidiBrowser {
  connection: {
    send(
      method: string,
      parameters: object,
    ): Promise<{
      result: {
        contexts?: { context: string }[];
        type?: string;
        result?: { value?: string };
        exceptionDetails?: { text: string };
      };
    }>;
  };
}
