import { useContext, useState } from 'preact/hooks';
import type { Failure } from '../core/failure.ts';
import { ok } from '../core/result.ts';
import { administratorReport } from '../core/words/causes/administrator-report.ts';
import { causeWords, failureCommand, failureWords } from '../webext/failure-words.ts';
import { text } from '../webext/text.ts';
import { Called } from './called.ts';
import { CopyButton } from './copy-button.tsx';

/**
 * A failure: what went wrong, what to do next, and AWS's message on demand. Where AWS refused, with the likeliest cause
 * and a text for the administrator.
 */
export function FailureNote({ failure, tone }: { failure: Failure; tone: 'bad' | 'calm' }) {
  const called = useContext(Called);
  const { message, hint } = failureWords(failure, called);
  const cause = failure.refusal?.cause && causeWords(failure.refusal.cause);
  const report = administratorReport(failure);
  return (
    <div class={`note ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <p class="what">{message}</p>
      {cause && <p class="cause">{text('page_likelyCause', cause.what)}</p>}
      <p>{cause?.remedy ?? hint}</p>
      <FailureCommand failure={failure} />
      {failure.details !== undefined && (
        <details>
          <summary>{text('page_wordsOfAws')}</summary>
          <pre>{failure.details}</pre>
        </details>
      )}
      {report !== undefined && <CopyLine label={text('page_copyForAdministrator')} content={report} />}
    </div>
  );
}

/** The command that helps against a failure, to copy; nothing if there is none. */
export function FailureCommand({ failure }: { failure: Failure }) {
  const command = failureCommand(failure, useContext(Called));
  return command === undefined ? null : <CommandLine command={command} />;
}

/** A command, and a button that copies it. */
export const CommandLine = ({ command }: { command: string }) => (
  <CopyLine shown={command} label={text('page_copyCommand')} content={command} />
);

/** A button that copies `content`, behind what is shown of it. */
function CopyLine({ shown, label, content }: { shown?: string; label: string; content: string }) {
  const [refusal, setRefusal] = useState<Failure>();
  return (
    <p class="command">
      {shown !== undefined && <code>{shown}</code>}
      <CopyButton label={label} content={async () => ok(content)} onFailure={setRefusal} />
      {refusal && <span>{failureWords(refusal).message}</span>}
    </p>
  );
}
