import { isBoundBy } from '../../core/profile/binding.ts';
import { grouped } from '../../core/words/grouped.ts';
import { type Binding, bindAll, readBindings, readOwnBindings } from '../rules/bindings.ts';
import { renameSources } from '../state/chains.ts';
import type { Memory } from '../state/memory.ts';
import { leaveProfiles, type OldProfile } from './left-profiles.ts';

/**
 * Binds each login to its profile. If that renames a login's profile, its second roles follow, unless another login has
 * the old name. The old profile stays in the file; `old` says what happens to it.
 */
export async function rebind(
  memory: Memory,
  made: readonly Binding[],
  old: OldProfile = 'ask',
): Promise<void> {
  const before = grouped(await readOwnBindings(memory), ({ roleArn }) => roleArn);
  await bindAll(memory, made);
  const taken = new Set((await readBindings(memory)).map(({ profile }) => profile));
  const renamed = made.flatMap((binding) =>
    // Stryker disable next-line ArrayDeclaration: what is no binding is bound by none
    (before.get(binding.roleArn) ?? [])
      .filter((one) => isBoundBy(one, binding) && !taken.has(one.profile))
      .map((one) => ({ from: one, to: binding.profile })),
  );
  if (renamed.length > 0)
    await renameSources(memory, new Map(renamed.map(({ from, to }) => [from.profile, to])));
  await leaveProfiles(
    memory,
    renamed.map(({ from }) => from),
    made,
    old,
  );
}
