import { isBoundBy } from '../../core/profile/binding.ts';
import { grouped } from '../../core/words/grouped.ts';
import { hostRegions } from '../host/host-profiles.ts';
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
  // Stryker disable ArrayDeclaration: what is no binding is bound by none
  const earlier = (binding: Binding) =>
    (before.get(binding.roleArn) ?? []).filter((one) => isBoundBy(one, binding));
  // Stryker restore ArrayDeclaration
  const regions = hostRegions(memory);
  await bindAll(
    memory,
    made.map((binding) => {
      const from = earlier(binding).find(({ profile }) => profile !== binding.profile);
      // Under its new name too it has the region that AWS tools found under the old one.
      const region = from && Object.hasOwn(regions, from.profile) ? regions[from.profile] : undefined;
      return binding.region !== undefined || region === undefined ? binding : { ...binding, region };
    }),
  );
  const taken = new Set((await readBindings(memory)).map(({ profile }) => profile));
  const renamed = made.flatMap((binding) =>
    earlier(binding)
      .filter((one) => !taken.has(one.profile))
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
