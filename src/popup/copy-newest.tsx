import { useEffect, useState } from 'preact/hooks';
import { accountNumber } from '../core/aws/account-number.ts';
import { plainRole } from '../core/aws/role.ts';
import { type Failure, failure } from '../core/failure.ts';
import { answerShortcut } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { text } from '../webext/text.ts';
import type { View } from '../webext/view.ts';
import { newestCredentials } from './parts/newest-credentials.ts';

/** Copies the newest credentials after the keyboard shortcut, and says so. */
export function CopyNewest({ view }: { view: View }) {
  const [outcome, setOutcome] = useState<Failure | { roleName: string; accountId: string }>();
  const { copyNewest } = view;
  useEffect(() => {
    if (copyNewest) void copyOnce(view).then(setOutcome);
  }, [copyNewest]);
  if (outcome === undefined) return null;
  if ('code' in outcome) return <FailureNote failure={outcome} tone="bad" />;
  return (
    <p class="note good" role="status">
      {text('popup_copiedNewest', outcome.roleName, accountNumber(outcome.accountId))}
    </p>
  );
}

async function copyOnce(view: View) {
  const newest = newestCredentials(view);
  await answerShortcut({ type: 'copied-newest' });
  if (newest === 'nothing') return failure('nothing-to-copy');
  if (newest === 'unclear') return failure('copy-unclear');
  const { roleName, accountId } = newest.role;
  const copying = await answerShortcut({
    type: 'env-vars',
    loginId: newest.login.id,
    role: plainRole(newest.role),
    format: view.settings.format,
  });
  if (!copying.ok) return copying.failure;
  try {
    await navigator.clipboard.writeText(copying.value);
  } catch {
    return failure('clipboard-refused');
  }
  return { roleName, accountId };
}
