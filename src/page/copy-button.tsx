import { useState } from 'preact/hooks';
import { type Failure, failure } from '../core/failure.ts';
import type { Result } from '../core/result.ts';
import { text } from '../webext/text.ts';
import { trusted } from './trusted.ts';

type OnFailure = (failure: Failure | undefined) => void;

/** Copies texts, remembers for two seconds that it did, and reports why it could not. */
export function useCopying(onFailure: OnFailure) {
  const [copied, setCopied] = useState(false);
  const copy = async (content: () => Promise<Result<string>>) => {
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
  return { copied, copy };
}

export type Copying = ReturnType<typeof useCopying>;

/** A button that copies a text and says so. */
export function CopyButton({ onFailure, ...shown }: Shown & { onFailure: OnFailure }) {
  return <CopyWith copying={useCopying(onFailure)} {...shown} />;
}

interface Shown {
  label: string;
  /** The accessible name, if the label alone says too little. */
  name?: string;
  /** The id of what tells this button apart from others with its name. */
  describedBy?: string;
  content: () => Promise<Result<string>>;
}

/** The same, where a key copies too. */
export function CopyWith({
  copying: { copied, copy },
  label,
  name = label,
  describedBy,
  content,
}: Shown & { copying: Copying }) {
  return (
    <>
      <button
        type="button"
        class="copy"
        onClick={trusted(() => copy(content))}
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
