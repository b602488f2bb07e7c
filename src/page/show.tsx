// First of all: while the rest of the page is set up, the background makes the view.
import './open-port.ts';

import { type ComponentChild, render } from 'preact';
import { text } from '../webext/text.ts';

/** Renders a page with a title, and sets the language and direction of its texts. */
export function show(title: string, page: ComponentChild): void {
  document.title = title;
  document.documentElement.lang = text('page_language');
  document.documentElement.dir = text('page_direction');
  const main = document.querySelector('main');
  if (main !== null) render(page, main);
}
