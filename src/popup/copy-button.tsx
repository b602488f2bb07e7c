import { useState } from 'preact/hooks';

/** A button that puts a text on the clipboard and says so. `text` gives nothing when it could not. */
export function CopyButton({ label, text }: { label: string; text: () => Promise<string | undefined> }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const copying = await text();
    if (copying === undefined) return;
    await navigator.clipboard.writeText(copying);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <>
      <button type="button" class="quiet" onClick={copy} aria-label={label}>
        {copied ? 'Copied' : label}
      </button>
      <span class="unseen" role="status">
        {copied ? 'Copied' : ''}
      </span>
    </>
  );
}
