import type { Rules } from '../rules/binding-refusal.ts';
import { readBindings } from '../rules/bindings.ts';
import { readPolicy } from '../rules/read-policy.ts';
import { readChains } from '../state/chains.ts';
import type { Memory } from '../state/memory.ts';
import { readNames } from './names.ts';

/** What decides who may have which profile. */
export async function readRules(memory: Memory): Promise<Rules> {
  const [policy, bindings, chains, names] = await Promise.all([
    readPolicy(memory),
    readBindings(memory),
    readChains(memory),
    readNames(memory),
  ]);
  return { policy, bindings, chains, names };
}
