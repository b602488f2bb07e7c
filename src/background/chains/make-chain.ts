import { failed, ok, type Result } from '../../core/result.ts';
import { chainRefusal } from '../rules/binding-refusal.ts';
import { readRules } from '../settings/read-rules.ts';
import { forgetRuns } from '../state/chain-runs.ts';
import { type Chain, readChains, removeChain, setChain } from '../state/chains.ts';
import type { Memory } from '../state/memory.ts';
import { reportTrouble } from '../state/trouble.ts';
import { runChain } from './run-chains.ts';

/**
 * Sets a second role, and begins to assume it. How that goes is in the view: AWS may take its time. Failures:
 * `chainRefusal`.
 */
export async function makeChain(memory: Memory, chain: Chain): Promise<Result<void>> {
  const refusal = chainRefusal(chain, await readRules(memory));
  if (refusal !== undefined) return failed(refusal);
  const { source, roleArn, profile } = chain;
  const isSet = (await readChains(memory)).some(
    (one) => one.profile === profile && one.roleArn === roleArn && one.source === source,
  );
  await setChain(memory, chain);
  // Tried again, what was written before is still known to be in the file.
  if (!isSet) await forgetRuns(memory, profile);
  runChain(memory, chain).catch(reportTrouble(memory));
  return ok(undefined);
}

/** Removes the second role with this profile. The profile and its credentials stay in the file. */
export async function dropChain(memory: Memory, profile: string): Promise<void> {
  await removeChain(memory, profile);
  await forgetRuns(memory, profile);
}
