import { useEffect, useState } from 'preact/hooks';
import * as v from 'valibot';
import { envFormatNames, envFormats } from '../core/profile/env-vars.ts';
import { duration } from '../core/words/time-left.ts';
import { ask } from '../page/background.ts';
import { usualRegions } from '../page/known-region.ts';
import { templateParts, templateProblem } from '../page/template-problem.ts';
import { trusted } from '../page/trusted.ts';
import { browser } from '../webext/browser.ts';
import { type Settings, type SettingsChange, settingsSchema } from '../webext/settings-schema.ts';
import { text } from '../webext/text.ts';
import { timeWords } from '../webext/time-words.ts';
import { Card } from './parts/card.tsx';
import type { SectionProps } from './parts/section.ts';
import { ChoiceSetting, SwitchSetting, TextSetting } from './parts/setting.tsx';

const hours = [1, 2, 4, 8, 12];

/** General settings. */
export function General({ view, save }: SectionProps) {
  const { settings, policy } = view;
  const change = (changed: SettingsChange) => save(ask({ type: 'change-settings', settings: changed }));
  const stored = <Name extends keyof Settings>(name: Name) => ({
    value: settings[name],
    fixed: policy.fixed?.includes(name) ?? false,
  });
  const usual = settings.region === undefined ? usualRegions(view)[0] : undefined;
  const longest = policy.maxSessionDuration;
  const keepFresh = async (on: boolean) => {
    // Browsers grant this permission without asking, so what follows still counts as part of the click.
    if (on) await browser.permissions.request({ permissions: ['idle'] });
    return change({ keepFresh: on });
  };
  return (
    <>
      <Card id="new-profiles" title={text('options_newProfiles')}>
        <TextSetting
          id="template"
          label={text('options_template')}
          hint={text('options_templateHint', templateParts)}
          {...stored('profileNameTemplate')}
          problem={templateProblem}
          onType={(profileNameTemplate) => change({ profileNameTemplate })}
        />
        <TextSetting
          id="region"
          label={text('options_region')}
          hint={
            usual === undefined
              ? text('options_regionHint')
              : `${text('options_regionHint')} ${text('options_regionUsual', usual)}`
          }
          placeholder={text('options_regionNone')}
          {...stored('region')}
          value={settings.region ?? ''}
          problem={(region) =>
            region === '' || v.is(settingsSchema.entries.region, region)
              ? undefined
              : text('options_regionProblem')
          }
          onType={(region) => change({ region: region === '' ? null : region })}
        />
        <ChoiceSetting
          id="duration"
          label={text('options_duration')}
          hint={
            longest === undefined
              ? text('options_durationHint')
              : text('options_durationLimited', duration(longest, timeWords))
          }
          {...stored('sessionDuration')}
          value={String(settings.sessionDuration)}
          choices={durations(settings.sessionDuration).map((seconds) => ({
            value: String(seconds),
            label: seconds === 0 ? text('options_durationOfAws') : duration(seconds, timeWords),
            disabled: longest !== undefined && seconds > longest,
          }))}
          onChoose={(seconds) => change({ sessionDuration: Number(seconds) })}
        />
      </Card>
      <Card id="each-login" title={text('options_eachLogin')}>
        <ChoiceSetting
          id="behaviour"
          label={text('options_behaviour')}
          hint={text('options_behaviourHint')}
          {...(policy.mayWrite || policy.failure ? stored('behaviour') : { value: 'never', fixed: true })}
          choices={[
            { value: 'write', label: text('options_behaviourWrite') },
            { value: 'ask', label: text('options_behaviourAsk') },
            { value: 'never', label: text('options_behaviourNever') },
          ]}
          onChoose={(behaviour) => change({ behaviour })}
        />
        <SwitchSetting
          id="refresh-together"
          label={text('options_refreshTogether')}
          hint={text('options_refreshTogetherHint')}
          {...stored('refreshTogether')}
          onSwitch={(refreshTogether) => change({ refreshTogether })}
        />
        <ChoiceSetting
          id="format"
          label={text('options_format')}
          hint={text('options_formatHint')}
          {...stored('format')}
          choices={envFormats.map((format) => ({ value: format, label: envFormatNames[format] }))}
          onChoose={(format) => change({ format })}
        />
        <SwitchSetting
          id="many-consoles"
          label={text('popup_manyConsoles')}
          hint={text('popup_manyConsolesHint')}
          {...stored('manyConsoles')}
          onSwitch={(manyConsoles) => change({ manyConsoles })}
        />
      </Card>
      <Card id="staying" title={text('options_staying')}>
        <SwitchSetting
          id="remind"
          label={text('options_remind')}
          hint={text('options_remindHint')}
          {...stored('remind')}
          onSwitch={(remind) => change({ remind })}
        />
        <SwitchSetting
          id="keep-fresh"
          label={text('options_keepFresh')}
          hint={text('options_keepFreshHint')}
          {...stored('keepFresh')}
          onSwitch={keepFresh}
        />
        {settings.keepFresh && policy.fixed?.includes('keepFresh') && <AllowIdle />}
      </Card>
    </>
  );
}

/** An administrator can turn “Keep fresh” on, but only the user can let Roleferry know whether somebody is there. */
function AllowIdle() {
  const [isGiven, setGiven] = useState(true);
  useEffect(() => {
    browser.permissions.contains({ permissions: ['idle'] }).then(setGiven);
  }, []);
  const allow = async () => setGiven(await browser.permissions.request({ permissions: ['idle'] }));
  if (isGiven) return null;
  return (
    <div class="note calm">
      <p>{text('options_allowIdleHint')}</p>
      <button type="button" class="main" onClick={trusted(allow)}>
        {text('options_allowIdle')}
      </button>
    </div>
  );
}

/** The choices plus the current value, sorted; seconds. */
const durations = (now: number): number[] =>
  [...new Set([0, ...hours.map((hour) => hour * 3600), now])].sort((a, b) => a - b);
