import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { Managed } from '../page/managed.tsx';
import { text } from '../page/text.ts';
import { trusted } from '../page/trusted.ts';
import type { SectionProps } from './section.ts';
import { TextInput } from './setting.tsx';

/** Whether profiles can be written, by what, and into which file. */
export function Host({ view: { host, hostFailure }, save }: SectionProps) {
  const setFile = (path: string | null) => ask({ type: 'set-credentials-file', path });
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
                value={host.credentialsFile}
                fixed={host.fixedByEnvironment}
                describedBy="credentials-file-hint"
                problem={(path) => (path === '' ? text('options_fileEmpty') : undefined)}
                onType={(path) => save(setFile(path))}
              />
              <p class="hint" id="credentials-file-hint">
                {text('options_fileHint')}
              </p>
              {host.fixedByEnvironment ? (
                <Managed what={text('options_fileFixed')} />
              ) : (
                <div class="buttons">
                  <button type="button" onClick={trusted(() => save(setFile(null)))}>
                    {text('options_fileDefault')}
                  </button>
                </div>
              )}
            </div>
          </div>
        </>
      )}
    </div>
  );
}
