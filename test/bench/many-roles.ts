import { chromiumExtensionId } from '../../src/core/product.ts';
import { atOnce } from '../../src/core/side-by-side.ts';
import { openStage } from '../e2e/stage.ts';
import { accounts, iamArn, userNamed } from '../rehearsal/world.ts';
import type { Row } from './row.ts';
import { spreadOf } from './side-by-side.ts';
import { fileWith, postedAt, slowSts } from './stopwatch.ts';

/** All roles of one assertion into profiles, each after the other bound before. */
export const manyRoles: Row = {
  name: 'many-roles',
  async *measure(rounds) {
    const stage = await openStage();
    try {
      const { rehearsal, home } = stage;
      slowSts(rehearsal);
      const provider = iamArn(accounts.development, 'saml-provider/Rehearsal');
      const { idp, user } = userNamed(rehearsal.world, 'dave');
      const roles = Array.from({ length: 200 }, (_, index) =>
        iamArn(accounts.development, `role/S-${index}`),
      );
      rehearsal.world.roles.push(
        ...roles.map((arn) => ({ arn, maxSessionDuration: 3600, trusts: [provider] })),
      );
      const page = await stage.browser.newPage();
      await page.goto(`chrome-extension://${chromiumExtensionId}/manifest.json`);
      const bindings = roles.map((roleArn, index) => ({
        issuer: idp.issuer,
        providerArn: provider,
        roleArn,
        profile: `s-${index}`,
      }));
      await page.evaluate(`chrome.storage.local.set(${JSON.stringify({ bindings })})`);
      let one = Number.NaN;
      for (const count of [1, 10, 50, 200]) {
        user.roles = roles.slice(0, count).map((role) => ({ role, provider }));
        const taken: number[] = [];
        const writes: number[] = [];
        for (let round = 0; round < Math.max(3, rounds / 4); round++) {
          const keys = new Set(keysIn(await stage.credentialsFile().catch(() => '')));
          const written = fileWith(home.credentialsFile, (content) => {
            const found = keysIn(content);
            return found.length >= count && found.filter((key) => !keys.has(key)).length === count;
          });
          const login = await stage.logIn('dave');
          const { at, writes: times } = await written;
          taken.push(at - postedAt(rehearsal));
          writes.push(times);
          await login.close();
        }
        const { median, quartiles } = spreadOf(taken);
        if (count === 1) one = median;
        yield {
          what: `${count} role${count === 1 ? '' : 's'} of one assertion into profiles`,
          against: `one role, ${atOnce} at once`,
          figures: {
            milliseconds: `${Math.round(median)} (${quartiles.map(Math.round).join('–')})`,
            'times one role': Number((median / one).toFixed(1)),
            'roles / concurrency': Math.ceil(count / atOnce),
            'file writes': spreadOf(writes).median,
          },
        };
      }
    } finally {
      await stage.close();
    }
  },
};

const keysIn = (content: string) =>
  [...content.matchAll(/^aws_access_key_id\s*=\s*(\S+)/gm)].map(([, key]) => key);
