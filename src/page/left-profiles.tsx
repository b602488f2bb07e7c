import { useContext, useState } from 'preact/hooks';
import type { Failure } from '../core/failure.ts';
import { profileWord } from '../core/words/profile-word.ts';
import { text } from '../webext/text.ts';
import type { LeftView } from '../webext/view.ts';
import { ask } from './background.ts';
import { Called } from './called.ts';
import { CommandLine, FailureNote } from './failure-note.tsx';
import { phrase } from './phrase.tsx';
import { trusted } from './trusted.ts';

/** Asks what to do with profiles that roles had before they got other names. */
export function LeftProfiles({ left }: { left: readonly LeftView[] }) {
  const called = useContext(Called);
  const [problem, setProblem] = useState<Failure>();
  const act = async (type: 'remove-left' | 'keep-left', profile: string) => {
    const answer = await ask({ type, profile });
    setProblem(answer.ok ? undefined : answer.failure);
  };
  return (
    <>
      {left.map((one) => (
        <div key={one.profile} class="note calm left-profile" role="status">
          <p>{sentence(one)}</p>
          <div class="left-profile-answers">
            <button type="button" onClick={trusted(() => act('remove-left', one.profile))}>
              {text('page_leftRemove', one.profile)}
            </button>
            <button type="button" class="quiet" onClick={trusted(() => act('keep-left', one.profile))}>
              {text('page_leftKeep')}
            </button>
          </div>
          {one.isProcess && (
            <>
              <p>{phrase('page_leftProcess', <bdi>{one.profile}</bdi>)}</p>
              <CommandLine command={`${called} configure-process ${profileWord(one.profile)} --undo`} />
            </>
          )}
        </div>
      ))}
      {problem && <FailureNote failure={problem} tone="bad" />}
    </>
  );
}

function sentence({ profile, endsAt, unsure, movesTo }: LeftView) {
  const name = <bdi>{profile}</bdi>;
  if (movesTo !== undefined) return phrase('page_leftMoves', name, <bdi>{movesTo}</bdi>);
  if (unsure) return phrase('page_leftUnsure', name);
  if (endsAt === undefined) return phrase('page_leftStill', name);
  return phrase('page_leftUntil', name, timeOf(endsAt));
}

const timeOf = (at: number): string =>
  new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
