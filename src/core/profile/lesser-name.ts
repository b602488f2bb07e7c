import { presetOf, type SessionPolicy } from '../aws/session-policy.ts';

const endings = { 'read-only': 'readonly', 'view-only': 'viewonly', 'security-audit': 'audit' } as const;

/** A free name for a profile with fewer rights, after the one with all of them: `dev-readonly`. */
export function lesserName(
  whole: string,
  sessionPolicy: SessionPolicy | undefined,
  taken: ReadonlySet<string>,
): string {
  const preset = sessionPolicy && presetOf(sessionPolicy);
  const name = `${whole}-${preset === undefined ? 'lesser' : endings[preset]}`;
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name}-${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}
