import type { Failure } from '../core/failure.ts';
import { CopyButton } from './copy-button.tsx';

/** A failure: what went wrong, what to do next, and AWS's own words on demand. */
export function FailureNote({ failure, tone }: { failure: Failure; tone: 'bad' | 'calm' }) {
  const command = /^Run: (.+)$/.exec(failure.hint)?.[1];
  return (
    <div class={`note ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <p class="what">{failure.message}</p>
      {command === undefined ? (
        <p>{failure.hint}</p>
      ) : (
        <p class="command">
          <code>{command}</code>
          <CopyButton label="Copy command" text={async () => command} />
        </p>
      )}
      {failure.details !== undefined && (
        <details>
          <summary>Details</summary>
          <pre>{failure.details}</pre>
        </details>
      )}
    </div>
  );
}
