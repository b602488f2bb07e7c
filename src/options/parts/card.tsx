import type { ComponentChildren } from 'preact';

/** A part of a section, with its own heading. */
export function Card({
  id,
  title,
  hint,
  children,
}: {
  /** The heading's. */
  id: string;
  title: string;
  hint?: string;
  children: ComponentChildren;
}) {
  return (
    <section class="card" aria-labelledby={id}>
      <h3 id={id} tabIndex={-1}>
        {title}
      </h3>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {children}
    </section>
  );
}
