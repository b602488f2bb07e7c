import { type EnvFormat, envFormatNames, envFormats } from '../../core/profile/env-vars.ts';
import { text } from '../../webext/text.ts';

/** The shell that env vars are copied for; remembered once something was copied for it. */
export function ShellMenu({
  format,
  onFormat,
}: {
  format: EnvFormat;
  onFormat: (format: EnvFormat) => void;
}) {
  return (
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
  );
}
