import { containerNumber } from '../core/container-number.ts';
import { text } from '../webext/text.ts';

/** The Firefox container that a login belongs to, if any. */
export function Container({ id }: { id: string | undefined }) {
  const number = containerNumber(id);
  return number === undefined ? null : <span class="state grey">{text('page_container', number)}</span>;
}
