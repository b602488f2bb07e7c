import { grouped } from '../core/grouped.ts';
import { type Binding, bindAll, isBoundBy, readBindings, readOwnBindings } from './bindings.ts';
import { renameSources } from './chains.ts';

/**
 * Gives each profile to its login alone. The second roles of a login whose profile goes by another name now follow it,
 * unless another login has the old name.
 */
export async function rebind(...made: readonly Binding[]): Promise<void> {
  const before = grouped(await readOwnBindings(), ({ roleArn }) => roleArn);
  await bindAll(made);
  const taken = new Set((await readBindings()).map(({ profile }) => profile));
  const renamed = made.flatMap((binding) =>
    (before.get(binding.roleArn) ?? [])
      .filter((old) => isBoundBy(old, binding) && !taken.has(old.profile))
      .map((old): [string, string] => [old.profile, binding.profile]),
  );
  if (renamed.length > 0) await renameSources(new Map(renamed));
}
