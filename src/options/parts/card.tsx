import type { ComponentChildren } from 'preact';

/** A part of a section with a heading of its own. */
export function Card({
  id,
  title,
  hint,
  children,
}: {
  /** Of the heading. */
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
