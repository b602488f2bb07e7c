import * as v from 'valibot';
import { ofFiles } from './reasons/files.ts';
import { ofLogins } from './reasons/logins.ts';
import { ofPolicies } from './reasons/policies.ts';
import { ofPrograms } from './reasons/programs.ts';

/**
 * The reasons inside failures, in lists by what they are about, each with the parameters that its words have gaps for.
 * Append only, like the codes.
 */
const reasons = { ...ofFiles, ...ofPolicies, ...ofLogins, ...ofPrograms } satisfies Record<
  string,
  Record<string, v.ObjectEntries>
>;

type Lists = typeof reasons;

type Output<E> = E extends v.ObjectEntries ? v.InferOutput<v.ObjectSchema<E, undefined>> : never;
type ReasonOf<List> = {
  [K in keyof List]: keyof List[K] extends never ? K : { is: K } & Output<List[K]>;
}[keyof List];

/** A reason of the list `L`: its name or, where it has parameters, an object with them that names it in `is`. */
export type Reason<L extends keyof Lists> = { [K in L]: ReasonOf<Lists[K]> }[L];

/** The schema of a reason in these lists. */
export function reasonIn<L extends keyof Lists>(...lists: L[]): v.GenericSchema<Reason<L>> {
  const all = lists.flatMap((list) => Object.entries<v.ObjectEntries>(reasons[list]));
  const options = all.map(([is, entries]) =>
    Object.keys(entries).length === 0 ? v.literal(is) : v.object({ is: v.literal(is), ...entries }),
  );
  return v.union(options) as unknown as v.GenericSchema<Reason<L>>;
}
