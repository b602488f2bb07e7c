import * as v from 'valibot';
import { printable } from '../words/printable.ts';

/** The colours for accounts; red is for production. */
export const accountColours = ['none', 'red', 'amber', 'green', 'blue', 'purple'] as const;

export const accountIdSchema = v.pipe(v.string(), v.regex(/^\d{12}$/));

export const longestAccountName = 64;

/** A name that nobody at this machine typed: one short line in which every character can be seen. */
export const foundNameSchema = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(longestAccountName),
  v.check((name) => printable(name) === name),
);

/**
 * Reads labels as AWS's role chooser has them: `Account: ALIAS (123456789012)`, whatever the language calls an
 * account. Returns names by account number. A label without a name, or with one that cannot be shown as it is, tells
 * nothing; nor do labels that disagree about an account.
 */
export function namesInLabels(labels: readonly string[]): ReadonlyMap<string, string> {
  return agreed(
    labels.flatMap((label) => {
      const [, text, accountId] = /^[^:：]{1,40}[:：](.*)[(（](\d{12})[)）]$/u.exec(label.trim()) ?? [];
      const name = v.safeParse(foundNameSchema, text);
      return accountId !== undefined && name.success ? [[accountId, name.output] as const] : [];
    }),
  );
}

/** Names by account number, of those accounts for which all pairs name the same. */
export function agreed(pairs: readonly (readonly [accountId: string, name: string])[]): Map<string, string> {
  const names = new Map<string, string>();
  const disputed = new Set<string>();
  for (const [accountId, name] of pairs) {
    if ((names.get(accountId) ?? name) !== name) disputed.add(accountId);
    names.set(accountId, name);
  }
  for (const accountId of disputed) names.delete(accountId);
  return names;
}
