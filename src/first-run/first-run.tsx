import { useState } from 'preact/hooks';
import { type Failure, failure } from '../core/failure.ts';
import { useView } from '../page/background.ts';
import { FailureCommand, FailureNote } from '../page/failure-note.tsx';
import { phrase } from '../page/phrase.tsx';
import { trusted } from '../page/trusted.ts';
import { browser } from '../webext/browser.ts';
import { text } from '../webext/text.ts';
import { Step } from './step.tsx';

/** The three steps to the first credentials; each ticks itself off. */
export function FirstRun() {
  const view = useView();
  if (view === undefined) return null;
  const { firstRun, host, hostFailure, policy } = view;
  const { hostInstalled, permissionGiven, loginSeen } = firstRun;
  return (
    <>
      <header>
        <h1>{text('firstRun_title')}</h1>
        <p>{text('firstRun_lead')}</p>
      </header>
      {policy.failure && <FailureNote failure={policy.failure} tone="bad" />}
      <ol class="steps">
        <Step
          number={1}
          title={text('firstRun_host')}
          isDone={hostInstalled}
          done={
            host === undefined
              ? text('firstRun_hostDoneBare')
              : phrase('firstRun_hostDone', <bdi>{host.credentialsFile}</bdi>)
          }
        >
          <p>{text('firstRun_hostDo')}</p>
          <InstallHost failure={hostFailure ?? failure('host-not-installed')} />
        </Step>
        <Step
          number={2}
          title={text('firstRun_permission')}
          isDone={permissionGiven}
          done={text('firstRun_permissionDone')}
        >
          <p>{text('firstRun_permissionDo')}</p>
          <AskPermission />
        </Step>
        <Step number={3} title={text('firstRun_login')} isDone={loginSeen} done={text('firstRun_loginDone')}>
          <p>{text('firstRun_loginDo')}</p>
          {policy.signInLinks.map(({ title, url }) => (
            <p key={url}>
              <a href={url} target="_blank" rel="noreferrer">
                <bdi>{title}</bdi>
              </a>
            </p>
          ))}
        </Step>
      </ol>
      <footer>
        <button type="button" class="quiet" onClick={() => browser.runtime.openOptionsPage()}>
          {text('firstRun_options')}
        </button>
      </footer>
    </>
  );
}

/** Nothing has gone wrong as long as the host is only not there yet. */
function InstallHost({ failure }: { failure: Failure }) {
  if (failure.code !== 'host-not-installed') return <FailureNote failure={failure} tone="calm" />;
  return (
    <>
      <p>{text('firstRun_hostWhere')}</p>
      <FailureCommand failure={failure} />
    </>
  );
}

/** Firefox grants an extension its hosts only if the user agrees, and asks only after a click. */
function AskPermission() {
  const [refused, setRefused] = useState(false);
  const askForHosts = async () => {
    const origins = (browser.runtime.getManifest().host_permissions as string[]) ?? [];
    setRefused(!(await browser.permissions.request({ origins })));
  };
  return (
    <div>
      <button type="button" class="main" onClick={trusted(askForHosts)}>
        {text('firstRun_permissionAsk')}
      </button>
      <p role="status">{refused && text('firstRun_permissionRefused')}</p>
    </div>
  );
}
