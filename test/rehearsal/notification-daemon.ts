import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { needs } from '../needs.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** A notification as the desktop shows it; `buttons` are the keys of its buttons by their labels. */
interface ShownNotification {
  shown: number;
  title: string;
  text: string;
  buttons: Record<string, string>;
}

/** A desktop for a browser's notifications, headless or not, on its own session bus. */
export interface NotificationDaemon {
  /** For the browser's `DBUS_SESSION_BUS_ADDRESS`. */
  busAddress: string;
  /** Those that are shown now, the oldest first. */
  shown(): ShownNotification[];
  /** Clicks on a button, or on the notification itself by its key `default`. */
  click(notification: ShownNotification, key: string): void;
  close(): Promise<void>;
}

/** Starts it; takes `dbus-run-session` and Python with dbus and gi. */
export async function startNotificationDaemon(): Promise<NotificationDaemon> {
  const command = ['--', '/usr/bin/python3', here('notification-daemon.py')];
  const process = spawn(needs('dbus').path, [`--config-file=${here('session-bus.conf')}`, ...command], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exit = once(process, 'exit');
  const shown = new Map<number, ShownNotification>();
  const busAddress = await new Promise<string>((resolve, reject) => {
    process.once('exit', () => reject(new Error('The daemon for notifications does not start.')));
    process.once('error', reject);
    createInterface(process.stdout).on('line', (line) => {
      const told = JSON.parse(line) as ShownNotification & { address?: string; closed?: number };
      if (told.address !== undefined) resolve(told.address);
      else if (told.closed !== undefined) shown.delete(told.closed);
      else shown.set(told.shown, told);
    });
  });
  return {
    busAddress,
    shown: () => [...shown.values()],
    click: ({ shown: number }, key) => {
      process.stdin.write(`${JSON.stringify({ shown: number, key })}\n`);
    },
    async close() {
      process.stdin.end();
      await exit;
    },
  };
}
