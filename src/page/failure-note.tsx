import { useState } from 'preact/hooks';
import type { Failure } from '../core/failure.ts';
import { ok } from '../core/result.ts';
import { failureCommand, failureWords } from '../webext/failure-words.ts';
import { text } from '../webext/text.ts';
import { CopyButton } from './copy-button.tsx';

/** A failure: what went wrong, what to do next, and AWS's message on demand. */
export function FailureNote({ failure, tone }: { failure: Failure; tone: 'bad' | 'calm' }) {
  const { message, hint } = failureWords(failure);
  const command = failureCommand(failure);
  return (
    <div class={`note ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <p class="what">{message}</p>
      <p>{hint}</p>
      {command !== undefined && <Command command={command} />}
      {failure.details !== undefined && (
        <details>
          <summary>{text('page_wordsOfAws')}</summary>
          <pre>{failure.details}</pre>
        </details>
      )}
    </div>
  );
}

function Command({ command }: { command: string }) {
  const [refusal, setRefusal] = useState<Failure>();
  return (
    <p class="command">
      <code>{command}</code>
      <CopyButton label={text('page_copyCommand')} content={async () => ok(command)} onFailure={setRefusal} />
      {refusal && <span>{failureWords(refusal).message}</span>}
    </p>
  );
}
