import { useState } from 'preact/hooks';
import type { Failure } from '../core/failure.ts';
import { AccountName, accountOf } from '../page/account-name.tsx';
import { ask } from '../page/background.ts';
import { CopyButton } from '../page/copy-button.tsx';
import { FailureCommand, FailureNote } from '../page/failure-note.tsx';
import { IssuerName } from '../page/issuer-name.tsx';
import { phrase } from '../page/phrase.tsx';
import { trusted } from '../page/trusted.ts';
import { failureText, failureWords } from '../webext/failure-words.ts';
import { issuerName } from '../webext/issuer-names.ts';
import { presetWords } from '../webext/rights-words.ts';
import { type TextKey, text } from '../webext/text.ts';
import type { HistoryEntry } from '../webext/view.ts';
import { Card } from './parts/card.tsx';
import { Searchable } from './parts/searchable.tsx';
import type { SectionProps } from './parts/section.ts';

const happenings: Record<HistoryEntry['what'], TextKey> = {
  login: 'history_login',
  exchange: 'history_exchange',
  write: 'history_write',
  chain: 'history_chain',
  renew: 'history_renew',
  forget: 'history_forget',
  policy: 'history_policy',
};

const outcomes: Record<HistoryEntry['outcome'], { name: TextKey; tone: 'green' | 'amber' | 'red' }> = {
  done: { name: 'history_done', tone: 'green' },
  waiting: { name: 'history_waiting', tone: 'amber' },
  failed: { name: 'history_failed', tone: 'red' },
};

/** The history, and a report of it for whoever helps. */
export function History({ view, save }: SectionProps) {
  const { history } = view;
  const [report, setReport] = useState<string>();
  const [refusal, setRefusal] = useState<Failure>();
  const [sure, setSure] = useState(false);
  const makeReport = async () => {
    const made = await ask({ type: 'report' });
    setReport(made.ok ? made.value : undefined);
    setRefusal(made.ok ? undefined : made.failure);
    return made;
  };
  const clear = async () => {
    await save(ask({ type: 'clear-history' }));
    setSure(false);
  };
  return (
    <>
      <Card id="report" title={text('history_report')} hint={text('history_reportHint')}>
        <div class="buttons">
          <CopyButton label={text('history_reportCopy')} content={makeReport} onFailure={setRefusal} />
        </div>
        {refusal && <FailureNote failure={refusal} tone="bad" />}
        {report !== undefined && (
          <details>
            <summary>{text('history_reportShow')}</summary>
            <pre>{report}</pre>
          </details>
        )}
      </Card>
      <Card id="happened" title={text('history_happened')} hint={text('history_hint')}>
        {history.length === 0 && <p class="empty">{text('history_none')}</p>}
        <Searchable items={history} wordsOf={(entry) => wordsOf(entry, view)}>
          {(shown) => (
            <ol class="rows history">
              {shown.map((entry) => (
                <Entry
                  key={`${entry.at} ${entry.what} ${entry.profile} ${entry.roleName}`}
                  entry={entry}
                  view={view}
                />
              ))}
            </ol>
          )}
        </Searchable>
        {history.length > 0 && (
          <div class="buttons">
            {sure ? (
              <>
                <button type="button" class="danger" onClick={trusted(clear)}>
                  {text('history_clearSure')}
                </button>
                <button type="button" onClick={() => setSure(false)}>
                  {text('history_keep')}
                </button>
              </>
            ) : (
              <button type="button" class="quiet" onClick={() => setSure(true)}>
                {text('history_clear')}
              </button>
            )}
          </div>
        )}
      </Card>
    </>
  );
}

function Entry({ entry, view }: { entry: HistoryEntry } & Pick<SectionProps, 'view'>) {
  const { at, what, outcome, accountId, roleName, profile, issuer, sessionName, rights, failure, times } =
    entry;
  const { name, tone } = outcomes[outcome];
  return (
    <li class="entry">
      <time dateTime={new Date(at).toISOString()}>{timeOf(at)}</time>
      <div class="role-title">
        <span>
          <strong>{text(happenings[what])}</strong>
          {profile !== undefined && (
            <>
              {' '}
              <code>{profile}</code>
            </>
          )}
          {times > 1 && <span class="hint"> {text('history_times', times)}</span>}
        </span>
        <span>
          {roleName !== undefined && <bdi>{roleName}</bdi>}{' '}
          {rights !== undefined && <span class="state grey">{presetWords(rights)}</span>}{' '}
          {accountId !== undefined && <AccountName settings={view.settings} accountId={accountId} />}
        </span>
        {issuer !== undefined && (
          <span class="issuer">
            {sessionName === undefined ? (
              <IssuerName view={view} issuer={issuer} />
            ) : (
              phrase('options_asVia', <bdi>{sessionName}</bdi>, <IssuerName view={view} issuer={issuer} />)
            )}
          </span>
        )}
        {failure && <Problem failure={failure} called={view.host?.called} />}
      </div>
      <span class={`state ${tone}`}>{text(name)}</span>
    </li>
  );
}

function Problem({ failure, called }: { failure: Failure; called: string | undefined }) {
  const { message, hint } = failureWords(failure, called);
  return (
    <div class="problem">
      <p>
        {message} {hint}
      </p>
      <FailureCommand failure={failure} />
    </div>
  );
}

const wordsOf = (entry: HistoryEntry, { settings, issuerNames, host }: SectionProps['view']) => [
  text(happenings[entry.what]),
  text(outcomes[entry.outcome].name),
  entry.profile,
  entry.roleName,
  entry.accountId,
  accountOf(settings, entry.accountId ?? '').name,
  entry.issuer,
  entry.issuer && issuerName(issuerNames, entry.issuer),
  entry.sessionName,
  entry.rights && presetWords(entry.rights),
  entry.failure && failureText(entry.failure, host?.called),
];

/** Without the year: entries are never that old. */
const timeOf = (at: number): string =>
  new Intl.DateTimeFormat(text('page_language'), {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(at);
