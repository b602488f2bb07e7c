import type { ComponentChildren } from 'preact';
import { text } from '../webext/text.ts';

/** One step: what to do, or that it is done. */
export function Step({
  number,
  title,
  isDone,
  done,
  children,
}: {
  number: number;
  title: string;
  isDone: boolean;
  /** Shown once the step is done. */
  done: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <li class={`card step ${isDone ? 'is-done' : ''}`}>
      <span class="step-mark" aria-hidden="true">
        {isDone ? '✓' : number}
      </span>
      <div class="step-body">
        <h2>
          <span class="unseen">{text('firstRun_stepOf', number)}: </span>
          {title}
        </h2>
        <p role="status" class={isDone ? 'good' : 'unseen'}>
          {isDone ? done : text('firstRun_open')}
        </p>
        {!isDone && children}
      </div>
    </li>
  );
}
