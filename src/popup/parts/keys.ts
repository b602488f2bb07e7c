import { useEffect } from 'preact/hooks';
import { trusted } from '../../page/trusted.ts';

/** What keys do with one entry. */
export interface EntryKeys {
  /** Instead of what the line's main button does. */
  enter?: () => unknown;
  env: () => unknown;
  renew: () => unknown;
  console: () => unknown;
}

const keysOf = new WeakMap<Element, EntryKeys>();

/** Says what keys do while the focus is on this line, or on the search above the first one. */
export function setEntryKeys(line: Element | null, keys: EntryKeys): void {
  if (line !== null) keysOf.set(line, keys);
}

/** What the arrow keys go through: entries of the list, and roles to tick. */
const stops = '.entry-title, .choices input[type="checkbox"]';

/**
 * Keys that work wherever the focus is, except in another field. Letters and digits go into the search, as does what
 * is pasted. The arrow keys go from line to line. Enter copies from the line, from the search from the first one; with
 * Shift, Ctrl or Alt it does something else, so that no letter is missing from the search. On a role to choose, Enter
 * ticks it, and once more saves.
 */
export function useKeys(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const search = document.querySelector<HTMLInputElement>('.search input');
  const from = event.target instanceof Element ? event.target : document.body;
  if (from !== search && from.matches('input:not([type="checkbox"]), select, textarea')) return;
  const isWithCtrl = event.ctrlKey || event.metaKey;
  if (event.key === 'Enter') {
    onEnter(event, from, search);
  } else if (isWithCtrl && event.key === 'v') {
    search?.focus();
  } else if (isWithCtrl || event.altKey) {
    return;
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    move(from, event.key === 'ArrowDown' ? 1 : -1, search);
  } else if (event.key === '?' && !search?.value) {
    event.preventDefault();
    document.querySelector<HTMLElement>('.show-keys')?.click();
  } else if (event.key.length === 1 && event.key !== ' ') {
    search?.focus();
  }
}

function onEnter(event: KeyboardEvent, from: Element, search: Element | null): void {
  const choice = from === search ? onlyChoice() : from;
  if (choice?.matches('.choices input:not(:checked)')) {
    event.preventDefault();
    (choice as HTMLElement).focus();
    (choice as HTMLElement).click();
    return;
  }
  if (from !== search && !from.matches('.entry-title')) return;
  const line = from === search ? document.querySelector('.entry') : from.closest('.entry');
  const act = line && keyOf(event, keysOf.get(line));
  if (act) {
    event.preventDefault();
    trusted(act)(event);
  } else {
    // The browser presses the button that has the focus by then: without anything to copy the line opens.
    const button =
      line?.querySelector<HTMLElement>('.copy') ?? line?.querySelector<HTMLElement>('.entry-title');
    button?.focus();
  }
}

/** The first role to tick, where the search found no entry. */
const onlyChoice = () =>
  document.querySelector('.entry') === null ? document.querySelector('.choices input') : null;

function keyOf({ shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent, keys: EntryKeys | undefined) {
  if (shiftKey) return keys?.env;
  if (ctrlKey || metaKey) return keys?.console;
  return altKey ? keys?.renew : keys?.enter;
}

/** Focuses the next or the last line from here; above the first one is the search. */
function move(from: Element, step: 1 | -1, search: HTMLElement | null): void {
  const lines = [...document.querySelectorAll<HTMLElement>(stops)];
  const here = lines.findIndex((line) => line === from || line.closest('.entry, li')?.contains(from));
  const next = here === -1 ? lines[step === 1 ? 0 : lines.length - 1] : lines[here + step];
  (next ?? (step === -1 ? search : undefined))?.focus();
}
