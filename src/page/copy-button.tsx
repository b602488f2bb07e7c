import { useState } from 'preact/hooks';
import { type Failure, failure } from '../core/failure.ts';
import type { Result } from '../core/result.ts';
import { trusted } from './trusted.ts';

/** A button that puts a text on the clipboard and says so, or hands on why it could not. */
export function CopyButton({
  label,
  text,
  onFailure,
}: {
  label: string;
  text: () => Promise<Result<string>>;
  onFailure: (failure: Failure | undefined) => void;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const copying = await text();
    if (!copying.ok) {
      onFailure(copying.failure);
      return;
    }
    try {
      await navigator.clipboard.writeText(copying.value);
    } catch {
      onFailure(failure('clipboard-refused'));
      return;
    }
    onFailure(undefined);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <>
      <button type="button" class="quiet" onClick={trusted(copy)} aria-label={label}>
        {copied ? 'Copied' : label}
      </button>
      <span class="unseen" role="status">
        {copied ? 'Copied' : ''}
      </span>
    </>
  );
}
