import * as v from 'valibot';
import { plainRole, type Role } from '../../core/aws/role.ts';
import { roleEntries } from '../../core/aws/role-schema.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { type BindingKey, isBoundBy } from '../../core/profile/binding.ts';
import { regionSchema } from '../../core/protocol/protocol.ts';
import type { Result } from '../../core/result.ts';
import { grouped } from '../../core/words/grouped.ts';
import type { Memory } from '../state/memory.ts';
import { localItem } from '../state/stored-item.ts';
import { readChangingNames } from './changing-names.ts';
import { readPolicy, shownPolicy } from './read-policy.ts';

/** Logins of this issuer, provider and role, with these rights, in this Firefox container, may write to this profile. */
const bindingSchema = v.object({
  issuer: v.string(),
  ...roleEntries,
  profile: v.string(),
  container: v.optional(v.string()),
  /** The session name that STS confirmed at the last write; absent before the first. */
  sessionName: v.optional(v.string()),
  /** The region that the user gave the profile. */
  region: v.exactOptional(regionSchema),
  /** The profile was made on demand: STS is asked for the role once a tool uses it. */
  onDemand: v.exactOptional(v.literal(true)),
  /** The same for on-demand profiles of one application: several can share an entity id. */
  app: v.exactOptional(v.string()),
});

export type Binding = v.InferOutput<typeof bindingSchema>;

const item = localItem('bindings', v.array(bindingSchema), []);

/** The names learnt for profiles that the administrator set. */
const fixedItem = localItem('fixedNames', v.array(bindingSchema), []);

/**
 * The bindings in effect: the administrator's, then the user's that don't contradict them. Session names are left out
 * for issuers whose names change at each login, unless the administrator set the name. For decisions: waits for the
 * policy. None if the policy cannot be read.
 */
export const readBindings = (memory: Memory): Promise<Binding[]> => bindingsUnder(memory, readPolicy(memory));

/** The same to show: never waits. */
export const shownBindings = (memory: Memory): Promise<Binding[]> =>
  bindingsUnder(memory, shownPolicy(memory));

/** Whether a login was ever written: the user's own bindings tell, and names learnt for the administrator's. */
export async function wasEverWritten(memory: Memory): Promise<boolean> {
  const kept = await Promise.all([item.read(memory), fixedItem.read(memory)]);
  return kept.some((bindings) => bindings.length > 0);
}

async function bindingsUnder(memory: Memory, asked: Promise<Result<Policy>>): Promise<Binding[]> {
  const [policy, own, learnt, changing] = await Promise.all([
    asked,
    item.read(memory),
    fixedItem.read(memory),
    readChangingNames(memory),
  ]);
  if (!policy.ok) return [];
  const fixed = policy.value.profiles ?? [];
  const free = own.filter((one) => !fixed.some((other) => contradicts(one, other)));
  const compared = (one: Binding, sessionName: string | undefined): Binding =>
    changing.includes(one.issuer) ? { ...one, sessionName: undefined } : { ...one, sessionName };
  return [
    ...fixed.map((one) =>
      one.sessionName === undefined
        ? compared(one, learnt.find((other) => isSameBinding(other, one))?.sessionName)
        : one,
    ),
    ...free.map((one) => compared(one, one.sessionName)),
  ];
}

/** Whether a binding is for this session name. Names must match exactly; an unknown one matches all. */
export const isOfName = ({ sessionName }: Binding, given: string | undefined): boolean =>
  sessionName === undefined || given === undefined || sessionName === given;

const contradicts = (own: Binding, fixed: Binding): boolean =>
  isBoundBy(own, fixed) || own.profile === fixed.profile;

export const keyOf = (
  { issuer, container }: Pick<BindingKey, 'issuer' | 'container'>,
  role: Role,
): BindingKey => ({
  issuer,
  ...plainRole(role),
  ...(container === undefined ? {} : { container }),
});

/** The bindings that the user made, without regard to the policy. */
export const readOwnBindings = (memory: Memory): Promise<Binding[]> => item.read(memory);

/**
 * Binds each login to its profile. Other bindings of the login or the profile are removed. No two in `made` may have
 * the same key or profile. An imported file may have thousands.
 */
export const bindAll = (memory: Memory, made: readonly Binding[]): Promise<void> => {
  const profiles = new Set(made.map(({ profile }) => profile));
  const byRole = grouped(made, ({ roleArn }) => roleArn);
  const isLetGo = (old: Binding) =>
    profiles.has(old.profile) || byRole.get(old.roleArn)?.some((one) => isBoundBy(old, one));
  return item.change(memory, (bindings) => [
    ...bindings.filter((old) => !isLetGo(old)),
    ...made.map((one) => stored(one, bindings)),
  ]);
};

/** A renamed profile still belongs to the same person. */
function stored({ profile, ...of }: Binding, all: readonly Binding[]): Binding {
  const key = keyOf(of, of);
  const before = all.find((one) => isBoundBy(one, key));
  const sessionName = of.sessionName ?? before?.sessionName;
  const region = of.region ?? before?.region;
  const onDemand = of.onDemand ?? (before?.profile === profile ? before.onDemand : undefined);
  const app = of.app ?? before?.app;
  return {
    ...key,
    profile,
    ...(sessionName === undefined ? {} : { sessionName }),
    ...(region === undefined ? {} : { region }),
    ...(onDemand ? { onDemand } : {}),
    ...(onDemand && app !== undefined ? { app } : {}),
  };
}

/** Stores the session name of a login that was written: from now on the profile is for this name. */
export async function learnName(memory: Memory, written: Binding): Promise<void> {
  const isIt = (one: Binding) => isSameBinding(one, written);
  const isNews = (all: readonly Binding[]) =>
    !all.some((one) => isIt(one) && one.sessionName === written.sessionName);
  const [policy, own, learnt] = await Promise.all([
    readPolicy(memory),
    item.read(memory),
    fixedItem.read(memory),
  ]);
  const fixed = policy.ok ? policy.value.profiles?.find(isIt) : undefined;
  if (own.some(isIt) && isNews(own)) {
    await item.change(memory, (bindings) =>
      bindings.map((one) => (isIt(one) ? { ...one, sessionName: written.sessionName } : one)),
    );
  }
  if (fixed !== undefined && fixed.sessionName === undefined && isNews(learnt)) {
    await fixedItem.change(memory, (names) => [
      ...names.filter((one) => !isIt(one)),
      { ...fixed, sessionName: written.sessionName },
    ]);
  }
}

const isSameBinding = (a: Binding, b: Binding): boolean => a.profile === b.profile && isBoundBy(a, b);

/** Keeps another region with a binding of the user's. */
export const keepRegion = (memory: Memory, key: BindingKey, region: string): Promise<void> =>
  item.change(memory, (bindings) =>
    bindings.map((binding) => (isBoundBy(binding, key) ? { ...binding, region } : binding)),
  );

/** Removes all of the user's bindings of an issuer. */
export const unbindIssuer = (memory: Memory, issuer: string): Promise<void> =>
  item.change(memory, (bindings) => bindings.filter((binding) => binding.issuer !== issuer));

/** Removes one of the user's bindings. The profile and its credentials stay in the file. */
export function unbind(memory: Memory, key: BindingKey): Promise<void> {
  return item.change(memory, (bindings) => bindings.filter((binding) => !isBoundBy(binding, key)));
}

/** Removes the bindings of on-demand profiles with these names. */
export const unbindOnDemand = (memory: Memory, profiles: ReadonlySet<string>): Promise<void> =>
  item.change(memory, (bindings) =>
    bindings.filter(({ profile, onDemand }) => !(onDemand && profiles.has(profile))),
  );
