import { useState } from 'preact/hooks';
import { type Failure, failure } from '../core/failure.ts';
import type { Result } from '../core/result.ts';
import { text } from '../webext/text.ts';
import { trusted } from './trusted.ts';

/** A button that puts a text on the clipboard and says so, or hands on why it could not. */
export function CopyButton({
  label,
  name = label,
  describedBy,
  content,
  onFailure,
}: {
  label: string;
  /** What assistive technology calls it, where the label is too short to stand alone. */
  name?: string;
  /** The id of what tells this button from others of its name. */
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
