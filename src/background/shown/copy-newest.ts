import * as v from 'valibot';
import { browser } from '../../webext/browser.ts';
import { tellChanged } from '../state/changes.ts';
import type { Memory } from '../state/memory.ts';
import { sessionItem } from '../state/stored-item.ts';

/** A popup that did not open at once shall not copy anything when it is opened for something else. */
const patienceMilliseconds = 15_000;

const item = sessionItem('copyNewest', v.number(), 0);

/** Whether the keyboard shortcut asks the popup to copy the newest credentials. */
export async function isCopyWanted(memory: Memory, now: number): Promise<boolean> {
  const asked = await item.read(memory);
  return asked <= now && now < asked + patienceMilliseconds;
}

/** Opens the popup, which copies. Firefox opens it only while the key is handled, before anything is awaited. */
export async function copyNewest(memory: Memory): Promise<void> {
  const opened = browser.action.openPopup().then(
    () => true,
    () => false,
  );
  await item.change(memory, () => Date.now());
  tellChanged(memory);
  // Browsers that open no popup without a click show it in a tab.
  if (!(await opened)) await browser.tabs.create({ url: browser.runtime.getURL('src/popup/index.html') });
}

export const copyDone = (memory: Memory): Promise<void> => item.change(memory, () => 0);
