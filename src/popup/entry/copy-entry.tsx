import { type EnvFormat, formatProfileVar } from '../../core/profile/env-vars.ts';
import type { Result } from '../../core/result.ts';
import { type Copying, CopyWith } from '../../page/copy-button.tsx';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { whenSteady } from '../parts/click-guard.ts';

interface Shown {
  format: EnvFormat;
  describedBy: string;
  copying: Copying;
}

/** Copies what the user wants of an entry: `AWS_PROFILE` of a saved one, which is no secret, else its credentials. */
export function CopyEntry({
  view,
  profile,
  credentials,
  ...shown
}: Shown & {
  view: View;
  /** Of a saved entry. */
  profile: string | undefined;
  /** Asks the background for the credentials in this format. */
  credentials: () => Promise<Result<string>>;
}) {
  const { format, describedBy, copying } = shown;
  if (profile !== undefined && format !== 'json' && view.settings.copies !== 'credentials')
    return <CopyProfile {...shown} profile={profile} />;
  return (
    <CopyWith
      label={text('popup_copy')}
      name={text('popup_copyEnvVars')}
      describedBy={describedBy}
      copying={copying}
      content={credentials}
    />
  );
}

/** Copies `AWS_PROFILE`. JSON is for credentials alone, so then it is for bash. */
export function CopyProfile({ profile, format, describedBy, copying }: Shown & { profile: string }) {
  const variable = async () => formatProfileVar(profile, format === 'json' ? 'bash' : format);
  return (
    <CopyWith
      label={text('popup_copy')}
      name={text('popup_copyProfile')}
      describedBy={describedBy}
      copying={copying}
      content={() => whenSteady(variable)}
    />
  );
}
