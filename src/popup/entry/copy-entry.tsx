import { type EnvFormat, formatProfileVar } from '../../core/profile/env-vars.ts';
import type { Result } from '../../core/result.ts';
import { type Copying, CopyWith } from '../../page/copy-button.tsx';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { whenSteady } from '../parts/click-guard.ts';

/** Copies what the user wants of an entry: `AWS_PROFILE` of a saved one, which is no secret, else its credentials. */
export function CopyEntry({
  view,
  profile,
  format,
  describedBy,
  copying,
  credentials,
}: {
  view: View;
  /** Of a saved entry. */
  profile: string | undefined;
  format: EnvFormat;
  describedBy: string;
  copying: Copying;
  /** Asks the background for the credentials in this format. */
  credentials: () => Promise<Result<string>>;
}) {
  const shown = { label: text('popup_copy'), describedBy, copying };
  if (profile === undefined || format === 'json' || view.settings.copies === 'credentials') {
    return <CopyWith {...shown} name={text('popup_copyEnvVars')} content={credentials} />;
  }
  const variable = async () => formatProfileVar(profile, format);
  return <CopyWith {...shown} name={text('popup_copyProfile')} content={() => whenSteady(variable)} />;
}
