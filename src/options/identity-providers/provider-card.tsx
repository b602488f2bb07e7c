import { useId } from 'preact/hooks';
import * as v from 'valibot';
import { ask } from '../../page/background.ts';
import { linkPlaceOf } from '../../page/link-place.ts';
import { issuerName } from '../../webext/issuer-names.ts';
import { longestIssuerName, settingsSchema } from '../../webext/settings-schema.ts';
import { text } from '../../webext/text.ts';
import { Card } from '../parts/card.tsx';
import type { Removal } from '../parts/saving.tsx';
import type { SectionProps } from '../parts/section.ts';
import { SwitchSetting, TextSetting } from '../parts/setting.tsx';
import { useReplaced } from '../parts/use-replaced.ts';
import { ForgetProvider } from './forget-provider.tsx';

/** One identity provider. Its entity id is a detail. */
export function ProviderCard({ view, issuer, save }: SectionProps & { issuer: string }) {
  const id = useId();
  const { settings, issuerNames, policy, bindings, changingNames } = view;
  const { issuerNames: given, signInLinks } = settings;
  const name = issuerName(issuerNames, issuer);
  const link = signInLinks[issuer] ?? '';
  const place = link === '' ? linkPlaceOf(issuer) : undefined;
  const own = bindings.filter((binding) => binding.issuer === issuer);
  const isLinkFixed = policy.signInLinks.some(({ url }) => url === link);
  const put = (change: object, removal?: Removal) =>
    save(ask({ type: 'change-settings', settings: change }), removal);
  const replaceNames = useReplaced(given, (issuerNames) => put({ issuerNames }));
  const replaceLinks = useReplaced(signInLinks, (signInLinks, removal?: Removal) =>
    put({ signInLinks }, removal),
  );
  const setName = (typed: string) =>
    replaceNames(({ [issuer]: _, ...others }) => (typed === '' ? others : { ...others, [issuer]: typed }));
  const setLink = (typed: string) => {
    if (typed !== '') return replaceLinks((now) => ({ ...now, [issuer]: typed }));
    const undo = () => ask({ type: 'change-settings', settings: { signInLinks } });
    return replaceLinks(({ [issuer]: _, ...others }) => others, { said: text('options_linkRemoved'), undo });
  };
  const nameProblem = (typed: string) => {
    if (typed.length > longestIssuerName) return text('options_accountNameTooLong', longestIssuerName);
    const isTaken = Object.entries(issuerNames).some(([other, known]) => other !== issuer && known === typed);
    return isTaken ? text('options_providerNameTaken') : undefined;
  };

  return (
    <Card id={`${id}-title`} title={name} hint={profilesWords(own.map(({ profile }) => profile))}>
      <TextSetting
        id={`${id}-name`}
        label={text('options_providerName')}
        placeholder={name}
        value={given[issuer] ?? ''}
        problem={nameProblem}
        onType={setName}
      />
      <TextSetting
        id={`${id}-link`}
        label={text('options_link')}
        hint={`${text('options_linkHint')} ${place?.where ?? ''}`.trim()}
        placeholder={place?.form ?? 'https://'}
        value={link}
        fixed={isLinkFixed}
        problem={(typed) =>
          typed === '' || v.is(settingsSchema.entries.signInLinks, { [issuer]: typed })
            ? undefined
            : text('options_linkProblem')
        }
        onType={setLink}
      />
      <SwitchSetting
        id={`${id}-names`}
        label={text('options_namesChange')}
        hint={text('options_namesChangeHint')}
        value={changingNames.includes(issuer)}
        onSwitch={(change) => save(ask({ type: 'set-names-change', issuer, change }))}
      />
      <details>
        <summary>{text('page_entityId')}</summary>
        <p class="issuer">
          <bdi>{issuer}</bdi>
        </p>
      </details>
      {!isLinkFixed && own.every(({ fixed }) => !fixed) && (
        <ForgetProvider name={name} issuer={issuer} save={save} />
      )}
    </Card>
  );
}

function profilesWords(profiles: readonly string[]): string {
  if (profiles.length === 0) return text('options_providerNoProfile');
  const shown = profiles.length > 3 ? [...profiles.slice(0, 3), '…'] : profiles;
  return profiles.length === 1
    ? text('options_providerProfile', shown[0] ?? '')
    : text('options_providerProfiles', profiles.length, shown.join(', '));
}
