import { containerNumber } from '../core/container-number.ts';
import { text } from '../webext/text.ts';

/** The container of Firefox that a login is kept in, where it is in one. */
export function Container({ id }: { id: string | undefined }) {
  const number = containerNumber(id);
  return number === undefined ? null : <span class="state grey">{text('page_container', number)}</span>;
}
