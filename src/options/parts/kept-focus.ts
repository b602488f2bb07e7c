import { useEffect } from 'preact/hooks';

/** What gets the focus in a row; its name says which row it is. */
const controls = 'summary, input, button, select';

/**
 * Keeps the focus near where it was when the focused element goes: in its row, the next one or the one before; else at
 * the heading of its card, or of the page. Otherwise the keyboard would start at the top again.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let focused: Element | null = null;
    let places: Element[] = [];
    const note = ({ target }: FocusEvent) => {
      focused = target as Element;
      // A notice has no place of its own: what it is about has.
      if (focused.closest('.content') !== null && focused.closest('.notice') === null)
        places = placesOf(focused);
    };
    const restore = new MutationObserver(() => {
      if (document.activeElement !== document.body || focused === null || focused.isConnected) return;
      const place = places.find(({ isConnected }) => isConnected) ?? document.getElementById('section');
      focused = null;
      (place?.querySelector<HTMLElement>(controls) ?? (place as HTMLElement | null))?.focus();
    });
    addEventListener('focusin', note);
    restore.observe(document.body, { childList: true, subtree: true });
    return () => {
      removeEventListener('focusin', note);
      restore.disconnect();
    };
  }, []);
}

const placesOf = (element: Element): Element[] => {
  const row = element.closest('li');
  const heading = element.closest('.card')?.querySelector('h3');
  return [row, row?.nextElementSibling, row?.previousElementSibling, heading].filter((one) => one != null);
};
