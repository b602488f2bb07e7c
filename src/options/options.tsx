import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { program } from '../core/words/program.ts';
import { useView } from '../page/background.ts';
import { Called } from '../page/called.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { LeftProfiles } from '../page/left-profiles.tsx';
import { PolicyNote } from '../page/policy-note.tsx';
import { type TextKey, text } from '../webext/text.ts';
import { Accounts } from './accounts.tsx';
import { Administrator } from './administrator.tsx';
import { General } from './general.tsx';
import { History } from './history.tsx';
import { Host } from './host.tsx';
import { IdentityProviders } from './identity-providers/identity-providers.tsx';
import { useKeptFocus } from './parts/kept-focus.ts';
import { useSaving } from './parts/saving.tsx';
import type { SectionProps } from './parts/section.ts';
import { Profiles } from './profiles/profiles.tsx';
import { Transfer } from './transfer/transfer.tsx';

const sections: { id: string; title: TextKey; Section: ComponentType<SectionProps> }[] = [
  { id: 'general', title: 'options_general', Section: General },
  { id: 'profiles', title: 'options_profiles', Section: Profiles },
  { id: 'accounts', title: 'options_accounts', Section: Accounts },
  { id: 'identity-providers', title: 'options_providers', Section: IdentityProviders },
  { id: 'host', title: 'options_host', Section: Host },
  { id: 'administrator', title: 'options_administrator', Section: Administrator },
  { id: 'transfer', title: 'options_transfer', Section: Transfer },
  { id: 'history', title: 'options_history', Section: History },
];

/** The options: one section at a time, named in the address, next to a list of all. */
export function Options() {
  const view = useView();
  const current = useSection();
  const heading = useRef<HTMLHeadingElement>(null);
  const { save, notice } = useSaving();
  useKeptFocus();
  const shown = useRef(current);
  useEffect(() => {
    // Whoever chose a section continues reading there; on arrival the focus is already at the top.
    if (shown.current !== current) heading.current?.focus();
    shown.current = current;
  }, [current]);
  if (view === undefined) return null;
  const { id, title, Section } = current;
  return (
    <Called.Provider value={view.host?.called ?? program}>
      <header class="side">
        <h1>{text('options_title')}</h1>
        <nav aria-label={text('options_sections')}>
          <ul>
            {sections.map((section) => (
              <li key={section.id}>
                <a href={`#${section.id}`} aria-current={section === current ? 'page' : undefined}>
                  {text(section.title)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <section class="content" aria-labelledby="section">
        <h2 id="section" ref={heading} tabIndex={-1}>
          {text(title)}
        </h2>
        <PolicyNote policy={view.policy} />
        {view.hostFailure && id !== 'host' && <FailureNote failure={view.hostFailure} tone="calm" />}
        <LeftProfiles left={view.left} />
        <Section key={id} view={view} save={save} />
        {notice}
      </section>
    </Called.Provider>
  );
}

function useSection() {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const [first] = sections;
  return sections.find(({ id }) => hash === `#${id}`) ?? (first as (typeof sections)[number]);
}
