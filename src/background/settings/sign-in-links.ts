import type { SignInLink } from '../../core/protocol/requests.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { askHost } from '../host/host-port.ts';
import { type Binding, shownBindings } from '../rules/bindings.ts';
import { type Chain, readChains } from '../state/chains.ts';
import type { Memory } from '../state/memory.ts';
import { readSettings } from './settings.ts';

/** The limits of the host; see docs/protocol.md. */
const most = 500;
const longest = 2048;

/** What this worker told the host last. */
const told = () => ({ links: undefined as string | undefined });

/**
 * Tells the host the sign-in link of each profile, for `roleferry login`, unless it knows them already. Older hosts
 * don't understand this and ignore it.
 */
export async function tellSignInLinks(memory: Memory): Promise<void> {
  const [bindings, chains, settings] = await Promise.all([
    shownBindings(memory),
    readChains(memory),
    readSettings(memory),
  ]);
  const signInLinks = linksOf(bindings, chains, settings);
  const news = JSON.stringify(signInLinks);
  if (news === memory.of(told).links) return;
  memory.of(told).links = news;
  const answer = await askHost(memory, 'settings', { signInLinks });
  if (!answer.ok && !['host-older', 'message-invalid'].includes(answer.failure.code))
    memory.of(told).links = undefined;
}

/** The profile of a second role has the link of its source. */
function linksOf(
  bindings: readonly Binding[],
  chains: readonly Chain[],
  { signInLinks }: Settings,
): SignInLink[] {
  const links = bindings.flatMap(({ issuer, profile }) => {
    const url = Object.hasOwn(signInLinks, issuer) ? new URL(signInLinks[issuer] ?? '').href : '';
    return url === '' || url.length > longest ? [] : [{ profile, url }];
  });
  const further = chains.flatMap(({ source, profile }) =>
    links.filter((link) => link.profile === source).map(({ url }) => ({ profile, url })),
  );
  return [...new Map([...further, ...links].map((link) => [link.profile, link])).values()].slice(0, most);
}
