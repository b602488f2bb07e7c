import { useState } from 'preact/hooks';
import type { Failure } from '../core/failure.ts';
import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { Managed } from '../page/managed.tsx';
import { trusted } from '../page/trusted.ts';
import { text } from '../webext/text.ts';
import type { SectionProps } from './parts/section.ts';
import { TextInput } from './parts/setting.tsx';

/** Whether profiles can be written, by which host, and to which file. */
export function Host({ view: { host, hostFailure }, save }: SectionProps) {
  /** The file the user wants but has not confirmed yet; `null` for AWS's default. */
  const [wanted, setWanted] = useState<string | null>();
  /** Shown next to the field: the notice would cover the buttons that are pressed next. */
  const [refused, setRefused] = useState<{ path: string | null; failure: Failure }>();
  return (
    <div class="card">
      <p class="hint">{text('options_hostHint')}</p>
      {hostFailure && <FailureNote failure={hostFailure} tone="bad" />}
      {host === undefined && hostFailure === undefined && <p role="status">{text('options_hostAsked')}</p>}
      {host !== undefined && (
        <>
          {hostFailure === undefined && <p class="good">{text('options_hostReady', host.version)}</p>}
          <div class="setting">
            <label for="credentials-file">{text('options_file')}</label>
            <div class="setting-control">
              <TextInput
                id="credentials-file"
                value={wanted ?? host.credentialsFile}
                fixed={host.fixedByEnvironment}
                describedBy="credentials-file-hint"
                problem={(path) => (path === '' ? text('options_fileEmpty') : undefined)}
                onType={(path) => setWanted(path === host.credentialsFile ? undefined : path)}
              />
              <p class="hint" id="credentials-file-hint">
                {text('options_fileHint')}
              </p>
              {host.fixedByEnvironment && <Managed what={text('options_fileFixed')} />}
              {!host.fixedByEnvironment && wanted === undefined && (
                <div class="buttons">
                  <button type="button" onClick={trusted(() => setWanted(null))}>
                    {text('options_fileDefault')}
                  </button>
                </div>
              )}
              {wanted !== undefined && (
                <ConfirmFile
                  from={host.credentialsFile}
                  to={wanted}
                  refusal={refused?.path === wanted ? refused?.failure : undefined}
                  onConfirm={async () => {
                    const answer = await ask({
                      type: 'set-credentials-file',
                      from: host.credentialsFile,
                      path: wanted,
                    });
                    if (!answer.ok) return setRefused({ path: wanted, failure: answer.failure });
                    setWanted(undefined);
                    await save(Promise.resolve(answer));
                  }}
                  onKeep={() => setWanted(undefined)}
                />
              )}
            </div>
          </div>
        </>
      )}
    </div>
  );
}

/** Shows old and new path for confirmation: whoever can read the new file gets the credentials. */
function ConfirmFile({
  from,
  to,
  refusal,
  onConfirm,
  onKeep,
}: {
  from: string;
  to: string | null;
  /** Why the new path is refused. */
  refusal: Failure | undefined;
  onConfirm: () => unknown;
  onKeep: () => unknown;
}) {
  return (
    <div class="note" role="status">
      <p class="what">{text('options_fileConfirm')}</p>
      <p>
        {text('options_fileNow')} <bdi>{from}</bdi>
      </p>
      <p>
        {text('options_fileThen')} <bdi>{to ?? text('options_fileDefaultPlace')}</bdi>
      </p>
      {refusal && <FailureNote failure={refusal} tone="bad" />}
      <div class="buttons">
        <button type="button" class="main" onClick={trusted(onConfirm)}>
          {text('options_fileConfirmed')}
        </button>
        <button type="button" onClick={trusted(onKeep)}>
          {text('options_fileKeep')}
        </button>
      </div>
    </div>
  );
}
