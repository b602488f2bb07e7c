import { readFileSync, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hostProcesses, type Stage, savedAs } from '../e2e/stage.ts';
import type { Rehearsal } from '../rehearsal/server.ts';

/**
 * Makes STS answer after so many milliseconds, and tells when it last answered: milliseconds since the epoch. It answers without a look at the
 * assertion: the rehearsal's own checks take longer than the product, one after the other, where AWS has many machines.
 */
export function slowSts(rehearsal: Rehearsal, answerAfter = 150): { answeredAt: number } {
  const times = { answeredAt: 0 };
  let keys = 0;
  rehearsal.onSts = async ({ form }) => {
    await delay(answerAfter);
    times.answeredAt = Date.now();
    const role = form.get('RoleArn')?.split('/').at(-1);
    const key = `ASIAEXAMPLE${String(keys++).padStart(9, '0')}`;
    const end = new Date(times.answeredAt + 3_600_000).toISOString();
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<AssumeRoleWithSAMLResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithSAMLResult><AssumedRoleUser><AssumedRoleId>AROA:jo</AssumedRoleId><Arn>arn:aws:sts::111122223333:assumed-role/${role}/jo</Arn></AssumedRoleUser><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>${'s'.repeat(40)}</SecretAccessKey><SessionToken>${'t'.repeat(400)}</SessionToken><Expiration>${end}</Expiration></Credentials></AssumeRoleWithSAMLResult></AssumeRoleWithSAMLResponse>`,
    };
  };
  return times;
}

/** When AWS's sign-in page was last asked: milliseconds since the epoch. */
export function postedAt({ requests }: Rehearsal): number {
  const post = requests.findLast(({ host, method }) => method === 'POST' && host.startsWith('signin.'));
  if (post === undefined) throw new Error('nobody logged in');
  return post.arrivedAt;
}

/** Waits until `isThere` finds in the file what it looks for, and says when that was and how often it was replaced. */
export function fileWith(
  file: string,
  isThere: (content: string) => boolean,
): Promise<{ at: number; writes: number }> {
  const inode = () => statSync(file, { throwIfNoEntry: false })?.ino;
  return new Promise((resolve, reject) => {
    let last = inode();
    let writes = 0;
    const tooLate = setTimeout(() => {
      watcher.close();
      reject(new Error(`${file} was not written`));
    }, 150_000);
    const watcher = watch(dirname(file), () => {
      const at = Date.now();
      const now = inode();
      if (now === undefined || now === last) return;
      last = now;
      writes += 1;
      if (!isThere(readFileSync(file, 'utf8'))) return;
      watcher.close();
      clearTimeout(tooLate);
      resolve({ at, writes });
    });
  });
}

/** Saves a user's role as a profile, so that later logins are written automatically. */
export async function bindOnce(stage: Stage, user: string): Promise<void> {
  const page = await stage.logIn(user);
  const popup = await stage.openPopup();
  await popup.newestCard();
  await savedAs(popup, 'dev');
  await popup.close();
  await page.close();
}

/** Waits until the browser has ended its native hosts. */
export async function noHosts(stage: Stage): Promise<void> {
  while ((await hostProcesses(stage)).length > 0) await delay(50);
}
