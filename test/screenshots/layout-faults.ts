import type { Page } from 'puppeteer';

/**
 * What is wrong with the current page's layout, one sentence each: what sticks out of the window, cut-off text,
 * overlapping texts or controls. Rules, not picture comparisons: they hold with any font.
 */
export const layoutFaults = (page: Page): Promise<string[]> => page.evaluate(findFaults);

/** Runs in the page. */
function findFaults(): string[] {
  /** Edges fall between two pixels; and letters of one line may reach a little into the next. */
  const rounding = 1;
  const touching = 3;
  const faults: string[] = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth + rounding) {
    faults.push(`the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth} px`);
  }

  const isHidden = (element: Element): boolean =>
    element.closest('.unseen') !== null || !element.checkVisibility({ visibilityProperty: true });
  const named = (element: Element): string =>
    `<${element.tagName.toLowerCase()} class="${element.className}"> “${(element.textContent ?? '').trim().slice(0, 60)}”`;
  const ancestorsOf = (element: Element): Element[] => {
    const found: Element[] = [];
    for (let around: Element | null = element; around !== null && around !== root; ) {
      found.push(around);
      around = around.parentElement;
    }
    return found;
  };
  // Lists to choose from, and notices at the edge of the window, lie over what stands below them.
  const floats = (element: Element): boolean =>
    ancestorsOf(element).some(
      (one) =>
        one.getAttribute('role') === 'listbox' ||
        ['fixed', 'sticky'].includes(getComputedStyle(one).position),
    );
  const scrolls = (element: Element): boolean =>
    element !== document.body && ['auto', 'scroll'].includes(getComputedStyle(element).overflowY);

  /** Ends in “…”, and says all of it to whoever points at it. */
  const ellipsis = (element: Element): Element | undefined =>
    ancestorsOf(element).find(
      (one) => getComputedStyle(one).textOverflow === 'ellipsis' && one.closest('[title]') !== null,
    );

  /** Whether a line ends inside a word. */
  const isBroken = (node: Node): boolean =>
    [...(node.textContent ?? '').matchAll(/\p{L}+/gu)].some(({ index, 0: word }) => {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1;
    });

  const boxes: { element: Element; rect: DOMRect }[] = [];
  /** What has been scrolled away is not in anything's way. */
  const put = (element: Element, rect: DOMRect) => {
    let { top, bottom } = rect;
    for (const around of ancestorsOf(element).filter(scrolls)) {
      const seen = around.getBoundingClientRect();
      top = Math.max(top, seen.top);
      bottom = Math.min(bottom, seen.bottom);
    }
    if (top < bottom) boxes.push({ element, rect: new DOMRect(rect.left, top, rect.width, bottom - top) });
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const element = node.parentElement;
    if (element === null || !node.textContent?.trim() || isHidden(element)) continue;
    if (element.closest('option, script, style') !== null) continue;
    const shortened = ellipsis(element);
    if (shortened !== undefined) {
      put(element, shortened.getBoundingClientRect());
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) put(element, rect);
    if (element.tagName === 'BUTTON' && isBroken(node)) {
      faults.push(`${named(element)} has a word on two lines`);
    }
    for (const around of ancestorsOf(element).filter((one) => one !== document.body)) {
      const { overflowX, overflowY } = getComputedStyle(around);
      const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
      const isCut =
        (cuts(overflowX) && around.scrollWidth > around.clientWidth + rounding) ||
        (cuts(overflowY) && around.scrollHeight > around.clientHeight + rounding);
      if (isCut) faults.push(`${named(element)} is cut off by ${named(around)}`);
    }
  }
  const controls = [...document.querySelectorAll('a, button, input, select, summary, textarea')];
  for (const element of controls) {
    if (!isHidden(element)) put(element, element.getBoundingClientRect());
    const isCut = element.tagName === 'BUTTON' && element.scrollWidth > element.clientWidth + rounding;
    if (isCut && !isHidden(element)) faults.push(`${named(element)} is too narrow for its text`);
  }

  for (const { element, rect } of boxes) {
    if (rect.left < -rounding || rect.right > root.clientWidth + rounding) {
      faults.push(`${named(element)} reaches from ${rect.left} to ${rect.right} px`);
    }
  }
  boxes.sort((a, b) => a.rect.top - b.rect.top);
  boxes.forEach((one, index) => {
    for (let at = index + 1; at < boxes.length; at += 1) {
      const other = boxes[at];
      if (other === undefined || other.rect.top >= one.rect.bottom) break;
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      if (floats(one.element) || floats(other.element)) continue;
      const width = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
      const height = Math.min(one.rect.bottom, other.rect.bottom) - other.rect.top;
      if (width > touching && height > touching) {
        faults.push(`${named(one.element)} lies on ${named(other.element)}`);
      }
    }
  });
  return [...new Set(faults)];
}
