import * as v from 'valibot';
import type { Role } from '../core/role.ts';
import { localItem } from './stored-item.ts';

/** What is remembered of a role between logins. */
const memorySchema = v.object({
  issuer: v.string(),
  roleArn: v.string(),
  providerArn: v.string(),
  /** The longest session that it granted when more was asked; seconds. */
  maximum: v.exactOptional(v.number()),
  /** When that was learnt; milliseconds since the epoch. */
  maximumLearntAt: v.exactOptional(v.number()),
  /** What the person wants to ask for, where the assertion says nothing; seconds. */
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
  const { maximumLearntAt = 0, maximum, ...rest } = found;
  const serves = Date.now() - maximumLearntAt < maximumServesMilliseconds;
  return serves && maximum !== undefined ? { ...rest, maximum } : rest;
}

/** Notes that a role was used, with what is now known of it. */
export function rememberRole(
  issuer: string,
  { roleArn, providerArn }: Role,
  news: Pick<RoleMemory, 'maximum' | 'wish'> = {},
): Promise<void> {
  const learnt = news.maximum === undefined ? {} : { maximumLearntAt: Date.now() };
  return item.change((memories) => {
    const role = { roleArn, providerArn };
    const before = memories.find((memory) => isOf(memory, issuer, role));
    const others = memories.filter((memory) => memory !== before);
    return [...others, { ...before, issuer, ...role, ...news, ...learnt }];
  });
}

const isOf = (memory: RoleMemory, issuer: string, role: Role) =>
  memory.issuer === issuer && memory.roleArn === role.roleArn && memory.providerArn === role.providerArn;
