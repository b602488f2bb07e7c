import * as v from 'valibot';
import { ask } from '../page/background.ts';
import { Managed } from '../page/managed.tsx';
import { settingsSchema } from '../webext/settings-schema.ts';
import { text } from '../webext/text.ts';
import type { Removal } from './parts/saving.tsx';
import { Searchable } from './parts/searchable.tsx';
import type { SectionProps } from './parts/section.ts';
import { TextInput } from './parts/setting.tsx';
import { useReplaced } from './parts/use-replaced.ts';

/** Where to log in again, for each issuer. */
export function SignInLinks({ view: { settings, issuers, policy }, save }: SectionProps) {
  const links = settings.signInLinks;
  const all = [...new Set([...issuers, ...Object.keys(links)])].sort();
  const isFixed = (issuer: string) => policy.signInLinks.some(({ url }) => url === links[issuer]);
  const put = (next: typeof links) => ask({ type: 'change-settings', settings: { signInLinks: next } });
  const replace = useReplaced(links, (next, removal?: Removal) => save(put(next), removal));
  const setLink = (issuer: string, link: string) => {
    if (link !== '') return replace((now) => ({ ...now, [issuer]: link }));
    const removal = { said: text('options_linkRemoved'), undo: () => put(links) };
    return replace(({ [issuer]: _, ...others }) => others, removal);
  };
  return (
    <div class="card">
      <p class="hint">{text('options_linksHint')}</p>
      {all.length === 0 && <p class="empty">{text('options_linksNone')}</p>}
      <Searchable items={all} wordsOf={(issuer) => [issuer, links[issuer]]}>
        {(shown) => (
          <ul class="rows">
            {shown.map((issuer) => (
              <li key={issuer} class="link-row">
                <label for={`link-${issuer}`}>
                  <bdi>{issuer}</bdi>
                </label>
                <TextInput
                  id={`link-${issuer}`}
                  placeholder="https://"
                  value={links[issuer] ?? ''}
                  fixed={isFixed(issuer)}
                  problem={(link) =>
                    link === '' || v.is(settingsSchema.entries.signInLinks, { [issuer]: link })
                      ? undefined
                      : text('options_linkProblem')
                  }
                  onType={(link) => setLink(issuer, link)}
                />
                {isFixed(issuer) && <Managed what={text('options_fixed')} />}
              </li>
            ))}
          </ul>
        )}
      </Searchable>
    </div>
  );
}
