import { type Policy, parsePolicy } from '../core/policy.ts';
import type { Result } from '../core/result.ts';
import { askedOnce } from './asked-once.ts';
import { browser } from './browser.ts';

const { read, forget } = askedOnce(askForPolicy);

// Firefox tells nothing: there it stays the same as long as the browser runs.
browser.storage.managed.onChanged?.addListener(forget);

/**
 * The policy as it is now; empty where nothing is managed. Failure: `policy-invalid`, and then nothing may be done,
 * since what the administrator wanted to forbid is not known.
 */
export async function readPolicy(): Promise<Result<Policy>> {
  const policy = await read();
  if (!policy.ok) forget();
  return policy;
}

async function askForPolicy(): Promise<Result<Policy>> {
  const managed = await browser.storage.managed.get().catch(nothingManaged);
  return parsePolicy(managed);
}

/** Firefox rejects where nothing is managed; any other rejection is a policy that cannot be read. */
function nothingManaged(error: unknown): Record<string, unknown> | undefined {
  return /manifest not found/i.test(error instanceof Error ? error.message : '') ? {} : undefined;
}
