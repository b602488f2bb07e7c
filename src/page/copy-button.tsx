import { useState } from 'preact/hooks';
import { type Failure, failure } from '../core/failure.ts';
import type { Result } from '../core/result.ts';
import { text } from '../webext/text.ts';
import { trusted } from './trusted.ts';

/** A button that copies a text and says so, or reports why it could not. */
export function CopyButton({
  label,
  name = label,
  describedBy,
  content,
  onFailure,
}: {
  label: string;
  /** The accessible name, if the label alone says too little. */
  name?: string;
  /** The id of what tells this button apart from others with its name. */
  describedBy?: string;
  content: () => Promise<Result<string>>;
  onFailure: (failure: Failure | undefined) => void;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const copying = await content();
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
      <button
        type="button"
        class="copy"
        onClick={trusted(copy)}
        aria-label={copied ? undefined : name}
        aria-describedby={describedBy}
      >
        {copied ? text('page_copied') : label}
      </button>
      <span class="unseen" role="status">
        {copied && text('page_copied')}
      </span>
    </>
  );
}
