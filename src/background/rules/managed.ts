import { browser } from '../../webext/browser.ts';

/** What the administrator has set for the extension, as the browser gives it; `undefined` if that cannot be read. */
export const readManaged = (): Promise<Record<string, unknown> | undefined> =>
  browser.storage.managed.get().catch(nothingManaged);

/** Firefox rejects if the browser isn't managed. Any other rejection means the policy cannot be read. */
function nothingManaged(error: unknown): Record<string, unknown> | undefined {
  // Stryker disable next-line StringLiteral: neither is the word for it
  return /manifest not found/i.test(error instanceof Error ? error.message : '') ? {} : undefined;
}

export const isNothing = (managed: Record<string, unknown> | undefined): boolean =>
  managed !== undefined && Object.keys(managed).length === 0;
