import type { SessionPolicy } from '../core/aws/session-policy.ts';
import { rightsWords } from '../webext/rights-words.ts';

/** Says that a role has fewer rights here, and which at most; nothing for all of them. */
export function Rights({ of }: { of: SessionPolicy | undefined }) {
  return of === undefined ? null : <span class="state grey">{rightsWords(of)}</span>;
}
