import * as v from 'valibot';
import type { Role } from '../../core/aws/role.ts';
import { localItem } from '../state/stored-item.ts';

/** What is remembered of a role between logins. */
const memorySchema = v.object({
  issuer: v.string(),
  roleArn: v.string(),
  providerArn: v.string(),
  /** The longest session that it granted when more was asked; seconds. */
  maximum: v.exactOptional(v.number()),
  /** When that was learnt; milliseconds since the epoch. */
  maximumLearntAt: v.exactOptional(v.number()),
  /** What the person wants to ask for, where the assertion says nothing; seconds, 0 for nothing. */
  wish: v.exactOptional(v.number()),
});

export type RoleMemory = v.InferOutput<typeof memorySchema>;

const item = localItem('roles', v.array(memorySchema), []);

/** A role's maximum may be raised in IAM: after this long it is found anew. */
const maximumServesMilliseconds = 7 * 24 * 3600_000;

/** All roles that were used before, the latest last. */
export const readRoleMemory = (): Promise<RoleMemory[]> => item.read();

export async function recallRole(issuer: string, role: Role): Promise<Partial<RoleMemory>> {
  const found = (await item.read()).find((memory) => isOf(memory, issuer, role));
  if (found === undefined) return {};
  const { maximumLearntAt, maximum, ...rest } = found;
  const known = servingMaximum(found);
  return known === undefined ? rest : { ...rest, maximum: known };
}

const servingMaximum = ({ maximum, maximumLearntAt = 0 }: RoleMemory): number | undefined =>
  Date.now() - maximumLearntAt < maximumServesMilliseconds ? maximum : undefined;

/** Notes that a role was used, with what is now known of it. Without a wish (`null`) the settings hold for it. */
export function rememberRole(
  issuer: string,
  { roleArn, providerArn }: Role,
  { maximum, wish }: { maximum?: number; wish?: number | null } = {},
): Promise<void> {
  return item.change((memories) => {
    const role = { roleArn, providerArn };
    const found = memories.find((memory) => isOf(memory, issuer, role));
    const others = memories.filter((memory) => memory !== found);
    const { wish: wished, ...before } = found ?? { issuer, ...role };
    const wanted = wish === undefined ? wished : (wish ?? undefined);
    // A maximum that serves was not asked for more again: it would never be found that it was raised.
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

const isOf = (memory: RoleMemory, issuer: string, role: Role) =>
  memory.issuer === issuer && memory.roleArn === role.roleArn && memory.providerArn === role.providerArn;
