import { useState } from 'preact/hooks';
import type { Failure } from '../core/failure.ts';
import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { IssuerName } from '../page/issuer-name.tsx';
import { phrase } from '../page/phrase.tsx';
import { trusted } from '../page/trusted.ts';
import { text } from '../webext/text.ts';
import type { NameQuestion, View } from '../webext/view.ts';
import { Names } from './entry/name-note.tsx';
import { whenSteady } from './parts/click-guard.ts';
import { namesOf } from './parts/names-of.ts';

/** Asks once for all profiles of a login under another name. Each can be answered for in its own entry instead. */
export function NameQuestions({ view }: { view: View }) {
  return (
    <>
      {view.nameQuestions.map((question) => (
        <Question key={`${question.loginId} ${question.known}`} view={view} question={question} />
      ))}
    </>
  );
}

function Question({ view, question }: { view: View; question: NameQuestion }) {
  const { loginId, issuer, known, given, profiles } = question;
  const [failure, setFailure] = useState<Failure>();
  const accept = async () => {
    const answer = await whenSteady(() => ask({ type: 'accept-name', loginId, known, given }));
    setFailure(answer.ok ? undefined : answer.failure);
  };
  return (
    <Names known={text('popup_namesUntilNow', profiles.length)} expectedName={known} sessionName={given}>
      <p>
        <bdi>{namesOf(profiles)}</bdi> {phrase('popup_via', <IssuerName view={view} issuer={issuer} />)}
      </p>
      <div class="answers">
        <button type="button" onClick={trusted(accept)}>
          {text('popup_useNameForAll', profiles.length)}
        </button>
        <p class="hint">{text('popup_useNameForEach')}</p>
      </div>
      {failure && <FailureNote failure={failure} tone="bad" />}
    </Names>
  );
}
