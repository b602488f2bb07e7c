import { type EnvFormat, envFormatNames, envFormats } from '../../core/profile/env-vars.ts';
import { ask } from '../../page/background.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';

/** What is copied, and for which shell; both are remembered, the shell once something was copied for it. */
export function ShellMenu({
  view,
  isSaved,
  format,
  onFormat,
}: {
  view: View;
  /** Only what is saved has a profile to name. */
  isSaved: boolean;
  format: EnvFormat;
  onFormat: (format: EnvFormat) => void;
}) {
  const choose = (copies: Settings['copies']) => ask({ type: 'change-settings', settings: { copies } });
  return (
    <>
      {isSaved && format !== 'json' && (
        <label class="line">
          {text('popup_copies')}
          <select
            aria-label={text('popup_copies')}
            value={view.settings.copies}
            onChange={({ currentTarget }) => choose(currentTarget.value as Settings['copies'])}
          >
            <option value="credentials">{text('popup_copiesCredentials')}</option>
            <option value="profile">{text('popup_copiesProfile')}</option>
          </select>
        </label>
      )}
      <label class="line">
        {text('popup_copyFor')}
        <select
          aria-label={text('popup_format')}
          value={format}
          onChange={({ currentTarget }) => onFormat(currentTarget.value as EnvFormat)}
        >
          {envFormats.map((one) => (
            <option key={one} value={one}>
              {envFormatNames[one]}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
