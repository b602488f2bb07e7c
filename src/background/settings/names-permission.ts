import * as v from 'valibot';
import { accountOfArn } from '../../core/aws/account-number.ts';
import { browser } from '../../webext/browser.ts';
import { cached } from '../state/cached.ts';
import type { Memory } from '../state/memory.ts';
import { localItem } from '../state/stored-item.ts';

const allowed = () => cached(() => browser.permissions.contains({ permissions: ['scripting'] }));

/** Whether the user allowed Roleferry to read accounts' names on AWS's sign-in page. */
export const mayReadNames = (memory: Memory): Promise<boolean> => memory.of(allowed).read();

/** To be called when permissions were given or taken away. */
export const forgetNamesPermission = (memory: Memory): void => memory.of(allowed).forget();

const declined = localItem('namesDeclined', v.boolean(), false);

/** The user doesn't want to be asked again; the options still have the switch. */
export const declineNames = (memory: Memory): Promise<void> => declined.change(memory, () => true);

/** With fewer nameless accounts it is as quick to type the names. */
const enoughToAsk = 5;

/** Whether names are read; else how many accounts of these roles have none, if that is worth a question. */
export async function namesView(
  memory: Memory,
  roles: readonly { roleArn: string }[],
  accounts: Readonly<Record<string, { name: string }>>,
): Promise<{ read: boolean; nameless?: number }> {
  const read = await mayReadNames(memory);
  if (read || (await declined.read(memory))) return { read };
  const met = new Set(roles.flatMap(({ roleArn }) => accountOfArn(roleArn) ?? []));
  const nameless = [...met].filter((id) => (accounts[id]?.name ?? '') === '').length;
  return nameless < enoughToAsk ? { read } : { read, nameless };
}
