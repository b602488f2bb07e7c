import { useState } from 'preact/hooks';
import type { Failure } from '../../core/failure.ts';
import type { EnvFormat } from '../../core/profile/env-vars.ts';
import { ask } from '../../page/background.ts';
import { useCopying } from '../../page/copy-button.tsx';
import { FailureNote } from '../../page/failure-note.tsx';
import { phrase } from '../../page/phrase.tsx';
import { trusted } from '../../page/trusted.ts';
import type { ChainView } from '../../webext/login-view.ts';
import { text } from '../../webext/text.ts';
import { whenSteady } from '../parts/click-guard.ts';
import { originOf } from '../parts/console-access.ts';
import { canTryAgain } from '../parts/entries.ts';
import { CopyEntry } from './copy-entry.tsx';
import { EntryEnd } from './entry-end.tsx';
import { EntryFrame, type EntryPlace } from './entry-frame.tsx';
import { canRenew, renew } from './renew.tsx';
import { ShellMenu } from './shell-menu.tsx';
import { TimeBar } from './time-bar.tsx';

/** A role assumed from another profile, for an hour at a time. */
export function ChainEntry({
  place,
  chain,
  indented,
  format,
  onFormat,
}: {
  place: EntryPlace;
  chain: ChainView;
  /** It stands below the entry that it belongs to. */
  indented: boolean;
  format: EnvFormat;
  onFormat: (format: EnvFormat) => void;
}) {
  const [problem, setProblem] = useState<Failure>();
  const copying = useCopying(setProblem);
  const { view, now } = place;
  const { source, roleArn, profile } = chain;
  const mayCopy = view.policy.mayCopy && chain.state === 'saved';
  const remove = async () => {
    const answer = await ask({ type: 'remove-chain', profile });
    setProblem(answer.ok ? undefined : answer.failure);
  };
  const tryAgain = async () => {
    const answer = await whenSteady(() => ask({ type: 'set-chain', source, roleArn, profile }));
    setProblem(answer.ok ? undefined : answer.failure);
  };
  const credentials = () => whenSteady(() => ask({ type: 'chain-env-vars', profile, format }));
  const issuer = originOf(source, view)?.issuer;
  const renewSource = async (of: string) => {
    const answer = await renew(of);
    setProblem(answer.ok ? undefined : answer.failure);
  };
  const through = phrase('popup_through', <bdi>{source}</bdi>);
  return (
    <EntryFrame
      place={place}
      indented={indented}
      profile={profile}
      status={
        <>
          <Status chain={chain} now={now} />
          {!indented && <span>{through}</span>}
        </>
      }
      keys={{
        env: mayCopy ? () => copying.copy(credentials) : undefined,
        renew: issuer !== undefined && canRenew(view, issuer) ? () => renewSource(issuer) : undefined,
      }}
      actions={(titleId) => (
        <>
          {mayCopy && (
            <CopyEntry
              view={view}
              profile={profile}
              format={format}
              describedBy={titleId}
              copying={copying}
              credentials={credentials}
            />
          )}
          {canTryAgain(view, chain) && (
            <button type="button" aria-describedby={titleId} onClick={trusted(tryAgain)}>
              {text('popup_tryAgain')}
            </button>
          )}
        </>
      )}
      notes={
        <>
          {chain.failure && <FailureNote failure={chain.failure} tone="bad" />}
          {chain.warnings?.map((warning) => (
            <FailureNote key={JSON.stringify(warning.params)} failure={warning} tone="calm" />
          ))}
          {problem && <FailureNote failure={problem} tone="bad" />}
        </>
      }
    >
      {(openConsole) => (
        <>
          {mayCopy && <ShellMenu view={view} isSaved={true} format={format} onFormat={onFormat} />}
          <EntryEnd
            facts={[[text('popup_roleArn'), roleArn]]}
            removal={{
              label: text('popup_chainRemove'),
              explanation: text('popup_removeHint', profile),
              act: remove,
            }}
          >
            {openConsole}
          </EntryEnd>
        </>
      )}
    </EntryFrame>
  );
}

function Status({ chain, now }: { chain: ChainView; now: number }) {
  const { state, startedAt, endsAt } = chain;
  if (state === 'exchanging') return <>{text('popup_asking')}</>;
  if (state === 'failed') return <span class="state red">{text('popup_failed')}</span>;
  if (state !== 'saved' || endsAt === undefined) return <>{text('popup_chainWaits')}</>;
  return <TimeBar startedAt={startedAt} endsAt={endsAt} now={now} />;
}
