import * as v from 'valibot';
import { type Role, sameRole } from '../../core/aws/role.ts';
import { sessionItem } from './stored-item.ts';
import { reportTrouble } from './trouble.ts';

/** The role of a login that credentials are of, or were assumed from. */
export interface Source {
  loginId: string;
  role: Role;
}

export const isSameSource = (a: Source, b: Source): boolean =>
  a.loginId === b.loginId && sameRole(a.role, b.role);

const holderSchema = v.object({
  profile: v.string(),
  loginId: v.string(),
  role: v.object({ roleArn: v.string(), providerArn: v.string() }),
  issuer: v.string(),
  /** ARN of the second role that the credentials are of, where they were assumed from that login's. */
  assumed: v.exactOptional(v.string()),
});

/** Whose credentials were written to a profile last, in this session of the browser. */
export type Holder = v.InferOutput<typeof holderSchema>;

const item = sessionItem('holders', v.array(holderSchema), []);

let stored: Promise<unknown> = Promise.resolve();

/** Every profile that was written in this session of the browser and not removed since, whatever became of its login. */
export const readHolders = (): Promise<Holder[]> => stored.then(() => item.read());

/** Notes what was just written, in the place of what those profiles had. Stored beside all that comes after. */
export function putHolders(...written: Holder[]): void {
  if (written.length === 0) return;
  const change = item.change((before) => [...without(before, written), ...written]);
  stored = change.catch(reportTrouble);
}

/** Lets go of profiles that are out of the file. */
export const dropHolders = (...removed: Holder[]): Promise<void> =>
  item.change((before) => without(before, removed));

const without = (all: readonly Holder[], those: readonly Holder[]): Holder[] =>
  all.filter(({ profile }) => !those.some((one) => one.profile === profile));
