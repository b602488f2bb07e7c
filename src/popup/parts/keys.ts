import { useEffect } from 'preact/hooks';

/** What the arrow keys go through: entries of the list, and roles to tick. */
const stops = '.entry-title, .choices input[type="checkbox"]';

/**
 * Keys that work wherever the focus is, except in another field: letters and digits go into the search, the arrow keys
 * go from line to line, and Enter copies from the line, from the search from the first one.
 */
export function useKeys(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  const search = document.querySelector<HTMLInputElement>('.search input');
  const from = event.target instanceof Element ? event.target : document.body;
  if (from !== search && from.matches('input:not([type="checkbox"]), select, textarea')) return;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    move(from, event.key === 'ArrowDown' ? 1 : -1, search);
  } else if (event.key === 'Enter' && (from === search || from.matches('.entry-title'))) {
    // The browser presses the button that has the focus by then.
    const line = from === search ? document : from.closest('.entry');
    line?.querySelector<HTMLElement>('.entry .copy')?.focus();
  } else if (event.key.length === 1 && event.key !== ' ') {
    search?.focus();
  }
}

/** Focuses the next or the last line from here; above the first one is the search. */
function move(from: Element, step: 1 | -1, search: HTMLElement | null): void {
  const lines = [...document.querySelectorAll<HTMLElement>(stops)];
  const here = lines.findIndex((line) => line === from || line.closest('.entry, li')?.contains(from));
  const next = here === -1 ? lines[step === 1 ? 0 : lines.length - 1] : lines[here + step];
  (next ?? (step === -1 ? search : undefined))?.focus();
}
