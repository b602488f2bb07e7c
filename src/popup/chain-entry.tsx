import { useState } from 'preact/hooks';
import type { ChainView, View } from '../background/messages.ts';
import type { Failure } from '../core/failure.ts';
import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { phrase } from '../page/phrase.tsx';
import { text } from '../page/text.ts';
import { trusted } from '../page/trusted.ts';
import { Details } from './details.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { TimeBar } from './time-bar.tsx';

/** A role that is assumed from another profile's, an hour at a time. */
export function ChainEntry({ view, chain, now }: { view: View; chain: ChainView; now: number }) {
  const [problem, setProblem] = useState<Failure>();
  const remove = async () => {
    const answer = await ask({ type: 'remove-chain', profile: chain.profile });
    setProblem(answer.ok ? undefined : answer.failure);
  };
  const through = phrase('popup_through', <bdi>{chain.source}</bdi>);
  return (
    <EntryFrame
      view={view}
      subject={chain}
      indented
      profile={chain.profile}
      status={
        <>
          <Status chain={chain} now={now} />
          <span class="through">{through}</span>
        </>
      }
      actions={() => null}
      notes={
        <>
          {chain.failure && <FailureNote failure={chain.failure} tone="bad" />}
          {problem && <FailureNote failure={problem} tone="bad" />}
        </>
      }
    >
      {() => (
        <>
          <p class="hint">{text('popup_chainHint')}</p>
          <Details facts={[[text('popup_roleArn'), chain.roleArn]]} />
          <div class="entry-foot">
            <button type="button" class="quiet danger" onClick={trusted(remove)}>
              {text('popup_chainRemove')}
            </button>
          </div>
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
