import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Ends a process that needs no time to clear up, unless it has ended already. */
export async function endNow(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  if (child.exitCode === null && child.kill('SIGKILL')) await ended;
}
