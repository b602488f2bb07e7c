import * as v from 'valibot';
import { accountIdSchema } from '../../core/profile/account-names.ts';
import type { Memory } from './memory.ts';
import { localItem } from './stored-item.ts';

/** Where a name was found: on AWS's page that offers roles, or in the config file. */
export type FoundIn = 'page' | 'config';

/** An empty name was forgotten by the user, and isn't found again. */
const foundSchema = v.object({ name: v.string(), from: v.picklist(['page', 'config']) });

/** By account number, the oldest first. */
export type FoundNames = Record<string, v.InferOutput<typeof foundSchema>>;

const item = localItem('foundNames', v.record(accountIdSchema, foundSchema), {});

/** Nobody has more accounts, and what is met at sign-in pages must not fill the disk. */
const mostNames = 2000;

export const readFoundNames = (memory: Memory): Promise<FoundNames> => item.read(memory);

/**
 * Keeps names by account number. One on AWS's page takes the place of one in the config file; what is no longer in
 * the config file is dropped.
 */
export async function keepFoundNames(
  memory: Memory,
  names: ReadonlyMap<string, string>,
  from: FoundIn,
): Promise<void> {
  const before = await item.read(memory);
  if (JSON.stringify(withNames(before, names, from)) === JSON.stringify(before)) return;
  await item.change(memory, (found) => withNames(found, names, from));
}

function withNames(found: FoundNames, names: ReadonlyMap<string, string>, from: FoundIn): FoundNames {
  const next = new Map(
    Object.entries(found).filter(([, one]) => from === 'page' || one.from === 'page' || one.name === ''),
  );
  for (const [accountId, name] of names) {
    const known = next.get(accountId);
    if (known?.name === '' || (from === 'config' && known?.from === 'page')) continue;
    next.set(accountId, { name, from });
  }
  return Object.fromEntries([...next].slice(-mostNames));
}

/** Forgets the name found for an account, for good. */
export const forgetFoundName = (memory: Memory, accountId: string): Promise<void> =>
  item.change(memory, (found) => {
    const known = Object.hasOwn(found, accountId) ? found[accountId] : undefined;
    return known === undefined ? found : { ...found, [accountId]: { ...known, name: '' } };
  });
