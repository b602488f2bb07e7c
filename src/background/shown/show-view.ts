import type { Runtime } from 'webextension-polyfill';
import { refreshHostProfiles } from '../host/host-profiles.ts';
import { greetHost } from '../host/host-status.ts';
import { tellSignInLinks } from '../settings/sign-in-links.ts';
import { onChange } from '../state/changes.ts';
import type { Memory } from '../state/memory.ts';
import { singleFlight } from '../state/single-flight.ts';
import { reportTrouble } from '../state/trouble.ts';
import { makeView } from './view.ts';

/** A page needs this long to paint its first view; a host that starts meanwhile would take the processor from it. */
const paintMilliseconds = 100;

/** Sends a page the view, at once and after each change, and soon what the host says anew. */
export function showView(memory: Memory, port: Runtime.Port): void {
  const trouble = reportTrouble(memory);
  let closed = false;
  let shown: string | undefined;
  const show = singleFlight(async () => {
    const news = JSON.stringify(await makeView(memory, Date.now()));
    // With hundreds of roles, to show again what is shown takes the page longer than to open.
    if (closed || news === shown) return;
    shown = news;
    // As text: browsers take longer to copy hundreds of objects.
    port.postMessage(news);
  }, trouble);
  const unwatch = onChange(memory, show);
  port.onDisconnect.addListener(() => {
    closed = true;
    unwatch();
  });
  const askHost = async () => {
    await greetHost(memory);
    show();
    await refreshHostProfiles(memory);
    await tellSignInLinks(memory);
  };
  show();
  setTimeout(() => {
    if (!closed) askHost().catch(trouble);
  }, paintMilliseconds);
}
