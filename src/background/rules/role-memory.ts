import * as v from 'valibot';
import { type Role, sameOffer } from '../../core/aws/role.ts';
import type { Memory } from '../state/memory.ts';
import { localItem } from '../state/stored-item.ts';

/** What is remembered of a role between logins. */
const memorySchema = v.object({
  issuer: v.string(),
  roleArn: v.string(),
  providerArn: v.string(),
  /** The longest session that it granted when more was requested; seconds. */
  maximum: v.exactOptional(v.number()),
  /** When that was learnt; milliseconds since the epoch. */
  maximumLearntAt: v.exactOptional(v.number()),
  /** The duration that the user chose, used if the assertion has none; seconds, 0 for AWS's default. */
  wish: v.exactOptional(v.number()),
});

export type RoleMemory = v.InferOutput<typeof memorySchema>;

const item = localItem('roles', v.array(memorySchema), []);

/** After this long the maximum is found again, since it may have been raised in IAM. */
const maximumServesMilliseconds = 7 * 24 * 3600_000;

/** All roles used before, the latest last. */
export const readRoleMemory = (memory: Memory): Promise<RoleMemory[]> => item.read(memory);

export async function recallRole(memory: Memory, issuer: string, role: Role): Promise<Partial<RoleMemory>> {
  const found = (await item.read(memory)).find((one) => isOf(one, issuer, role));
  if (found === undefined) return {};
  const { maximumLearntAt, maximum, ...rest } = found;
  const known = servingMaximum(found);
  return known === undefined ? rest : { ...rest, maximum: known };
}

const servingMaximum = ({ maximum, maximumLearntAt = 0 }: RoleMemory): number | undefined =>
  Date.now() - maximumLearntAt < maximumServesMilliseconds ? maximum : undefined;

/** Records that a role was used, and what is now known of it. `wish: null` removes the chosen duration. */
export function rememberRole(
  memory: Memory,
  issuer: string,
  { roleArn, providerArn }: Role,
  { maximum, wish }: { maximum?: number; wish?: number | null } = {},
): Promise<void> {
  return item.change(memory, (roles) => {
    const role = { roleArn, providerArn };
    const found = roles.find((one) => isOf(one, issuer, role));
    const others = roles.filter((one) => one !== found);
    const { wish: wished, ...before } = found ?? { issuer, ...role };
    const wanted = wish === undefined ? wished : (wish ?? undefined);
    // Keep the time of a known maximum, so that a raised one is found later.
    const isNews = maximum !== undefined && maximum !== (found && servingMaximum(found));
    return [
      ...others,
      {
        ...before,
        ...(isNews ? { maximum, maximumLearntAt: Date.now() } : {}),
        ...(wanted === undefined ? {} : { wish: wanted }),
      },
    ];
  });
}

const isOf = (one: RoleMemory, issuer: string, role: Role) => one.issuer === issuer && sameOffer(one, role);
