import type { Failure } from '../../core/failure.ts';
import { type EnvFormat, formatProfileVar } from '../../core/profile/env-vars.ts';
import type { Result } from '../../core/result.ts';
import { CopyButton } from '../../page/copy-button.tsx';
import type { View } from '../../webext/messages.ts';
import { text } from '../../webext/text.ts';
import { whenSteady } from '../parts/click-guard.ts';

/** Copies what the user wants of an entry: `AWS_PROFILE` of a saved one, which is no secret, else its credentials. */
export function CopyEntry({
  view,
  profile,
  format,
  describedBy,
  credentials,
  onFailure,
}: {
  view: View;
  /** Of a saved entry. */
  profile: string | undefined;
  format: EnvFormat;
  describedBy: string;
  /** Asks the background for the credentials in this format. */
  credentials: () => Promise<Result<string>>;
  onFailure: (failure: Failure | undefined) => void;
}) {
  const shown = { label: text('popup_copy'), describedBy, onFailure };
  if (profile === undefined || format === 'json' || view.settings.copies === 'credentials') {
    return <CopyButton {...shown} name={text('popup_copyEnvVars')} content={() => whenSteady(credentials)} />;
  }
  const variable = async () => formatProfileVar(profile, format);
  return <CopyButton {...shown} name={text('popup_copyProfile')} content={() => whenSteady(variable)} />;
}
