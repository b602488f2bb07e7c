import { type ComponentChild, render } from 'preact';
import { text } from '../webext/text.ts';

/** Puts a page in its place, under a title, and says which language its texts are in and which way they are written. */
export function show(title: string, page: ComponentChild): void {
  document.title = title;
  document.documentElement.lang = text('page_language');
  document.documentElement.dir = text('page_direction');
  const main = document.querySelector('main');
  if (main !== null) render(page, main);
}
