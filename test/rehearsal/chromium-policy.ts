import { chromiumExtensionId } from '../../src/core/product.ts';
import { findTool } from '../needs.ts';
import { noFolderBecause, withPolicyFolder, writePolicy } from './policy-folder.ts';
import type { ScratchHome } from './scratch-home.ts';

/** Where Debian's Chromium reads policies. There is no place for them that belongs to one person or one profile. */
const place = '/etc/chromium/policies';

/** Why one browser alone cannot be given a policy here; `undefined` where it can. */
export function noPolicyBecause(): string | undefined {
  if (!findTool('chromium')?.endsWith('chromium')) return 'only Debian’s Chromium is known to read it here';
  return noFolderBecause(place);
}

/** Policies of the browser, as in a file of /etc/chromium/policies/managed. */
export type BrowserPolicies = Record<string, unknown>;

/** What an administrator sets for the extension, as policies of the browser. */
export const forExtension = (policy: Record<string, unknown>): BrowserPolicies => ({
  '3rdparty': { extensions: { [chromiumExtensionId]: policy } },
});

/** Sets the policies of the browser of `chromiumWithPolicies`, also while it runs: it watches the folder. */
export const setPolicies = (home: ScratchHome, policies: BrowserPolicies): Promise<void> =>
  writePolicy(home, 'managed/roleferry.json', policies);

/** A program in `home` that starts Chromium with an administrator's policies, in place of the machine's. */
export async function chromiumWithPolicies(home: ScratchHome, policies: BrowserPolicies): Promise<string> {
  await setPolicies(home, policies);
  return withPolicyFolder(home, place, findTool('chromium') ?? 'chromium');
}
