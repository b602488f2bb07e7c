import { useState } from 'preact/hooks';
import { type EnvFormat, envFormatNames, envFormats } from '../core/env-vars.ts';
import type { Failure } from '../core/failure.ts';
import type { Role } from '../core/role.ts';
import { ask } from '../page/background.ts';
import { CopyButton } from '../page/copy-button.tsx';
import { FailureNote } from '../page/failure-note.tsx';

/** Copies the credentials for a shell; the choice of shell is remembered. */
export function EnvVars({ target, format }: { target: { loginId: string; role: Role }; format: EnvFormat }) {
  const [chosen, setChosen] = useState(format);
  const [failure, setFailure] = useState<Failure>();
  const text = () => ask({ type: 'env-vars', ...target, format: chosen });
  return (
    <div class="env-vars">
      <div class="field">
        <select
          aria-label="Format of the env vars"
          value={chosen}
          onChange={({ currentTarget }) => setChosen(currentTarget.value as EnvFormat)}
        >
          {envFormats.map((one) => (
            <option key={one} value={one}>
              {envFormatNames[one]}
            </option>
          ))}
        </select>
        <CopyButton label="Copy as env vars" text={text} onFailure={setFailure} />
      </div>
      {failure && <FailureNote failure={failure} tone="bad" />}
    </div>
  );
}
