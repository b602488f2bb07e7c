import { browser } from '../../webext/browser.ts';
import { endPause } from '../rules/pause.ts';
import { tellChanged } from '../state/changes.ts';
import type { Memory } from '../state/memory.ts';
import { clearNotices, issuerOfNotice } from './notice.ts';
import { renew } from './renew.ts';

/** A click on the notification with this id renews the logins that it is about, or shows where their link is set. */
export async function answerNotice(memory: Memory, id: string): Promise<void> {
  const issuer = issuerOfNotice(id);
  const [renewed] = await Promise.all([renew(memory, issuer), clearNotices(issuer), endPause(memory)]);
  if (renewed.ok) tellChanged(memory);
  else await browser.runtime.openOptionsPage();
}
