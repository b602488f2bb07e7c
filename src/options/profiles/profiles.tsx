import { policyKey } from '../../core/aws/session-policy.ts';
import { accountOf } from '../../page/account-name.tsx';
import { knownRegion } from '../../page/known-region.ts';
import { issuerName } from '../../webext/issuer-names.ts';
import type { ChainView } from '../../webext/login-view.ts';
import { text } from '../../webext/text.ts';
import type { BindingView, View } from '../../webext/view.ts';
import { Card } from '../parts/card.tsx';
import { Searchable } from '../parts/searchable.tsx';
import type { SectionProps } from '../parts/section.ts';
import { BindingHeads, BindingRow } from './binding-row.tsx';
import { ChainForm } from './chain-form.tsx';
import { ChainRow } from './chain-row.tsx';
import { useKeptOrder } from './kept-order.ts';
import { OnDemand } from './on-demand.tsx';

/** Bindings, and the second roles assumed from them. */
export function Profiles({ view, save }: SectionProps) {
  const { bindings, chains, settings, profiles } = view;
  const sorted = useKeptOrder(bindings, keyOf, ({ profile }) => profile);
  const orphans = chains.filter(({ source }) => !bindings.some(({ profile }) => profile === source));
  return (
    <>
      <Card id="bindings" title={text('options_bindings')} hint={text('options_bindingsHint')}>
        {bindings.length === 0 && <p class="empty">{text('options_bindingsNone')}</p>}
        <OnDemand view={view} save={save} />
        <Searchable items={sorted} wordsOf={(binding) => wordsOf(view, binding)}>
          {(shown) => (
            <>
              {shown.length > 0 && <BindingHeads />}
              <ul class="rows bindings">
                {shown.map((binding) => (
                  <li key={keyOf(binding)}>
                    <BindingRow
                      binding={binding}
                      view={view}
                      region={knownRegion(view, binding.profile) ?? ''}
                      held={profiles.find(({ name }) => name === binding.profile)}
                      save={save}
                    />
                    {chainsFrom(chains, binding).map((chain) => (
                      <ChainRow key={chain.profile} chain={chain} settings={settings} save={save} />
                    ))}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Searchable>
      </Card>
      <Card id="chains" title={text('options_chains')} hint={text('options_chainsHint')}>
        {orphans.map((chain) => (
          <ChainRow key={chain.profile} chain={chain} settings={settings} save={save} />
        ))}
        <ChainForm sources={sorted.map(({ profile }) => profile)} save={save} />
      </Card>
    </>
  );
}

/** Of what stays when it gets another name. An administrator may give one role several profiles. */
const keyOf = ({ issuer, roleArn, providerArn, sessionPolicy, container, profile, fixed }: BindingView) =>
  `${issuer} ${roleArn} ${providerArn} ${policyKey(sessionPolicy)} ${container} ${fixed ? profile : ''}`;

const chainsFrom = (chains: ChainView[], { profile }: BindingView) =>
  chains.filter(({ source }) => source === profile);

const wordsOf = ({ settings, chains, issuerNames }: View, binding: BindingView) => [
  binding.profile,
  binding.roleName,
  binding.accountId,
  accountOf(settings, binding.accountId).name,
  binding.issuer,
  issuerName(issuerNames, binding.issuer),
  binding.sessionName,
  ...chainsFrom(chains, binding).flatMap(({ profile, roleName, accountId }) => [
    profile,
    roleName,
    accountId,
  ]),
];
