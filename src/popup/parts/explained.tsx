import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { text } from '../../webext/text.ts';

/** A button and what it does, which is read out with it and shown on demand. */
export function Explained({
  explanation,
  children,
}: {
  /** Nothing to explain without. */
  explanation: string | undefined;
  /** The button, described by the element `id`. */
  children: (id: string | undefined) => ComponentChildren;
}) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  if (explanation === undefined) return <>{children(undefined)}</>;
  return (
    <>
      {children(id)}
      <button
        type="button"
        class="quiet why"
        aria-label={text('popup_why')}
        title={text('popup_why')}
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setShown(!isShown)}
      >
        ?
      </button>
      <p class="hint explanation" id={id} hidden={!isShown}>
        {explanation}
      </p>
    </>
  );
}
