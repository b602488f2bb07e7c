import type { Runtime } from 'webextension-polyfill';
import { browser } from '../webext/browser.ts';
import { viewPort } from '../webext/view-port.ts';

const connect = () => browser.runtime.connect({ name: viewPort });

/** Opened before the rest of the page is set up: the background makes the view meanwhile. */
let first: Runtime.Port | undefined = connect();

/** A port to the background's view; the first time the one that is open already. */
export function openPort(): Runtime.Port {
  const port = first ?? connect();
  first = undefined;
  return port;
}
