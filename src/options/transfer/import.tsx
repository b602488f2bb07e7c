import { useState } from 'preact/hooks';
import { type Failure, failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { ask } from '../../page/background.ts';
import { FailureNote } from '../../page/failure-note.tsx';
import { Managed } from '../../page/managed.tsx';
import { trusted } from '../../page/trusted.ts';
import { browser } from '../../webext/browser.ts';
import type { ImportReview } from '../../webext/import-review.ts';
import { longestSettingsFile } from '../../webext/messages.ts';
import { text } from '../../webext/text.ts';
import { Card } from '../parts/card.tsx';
import type { SectionProps } from '../parts/section.ts';
import { Review } from './import-review.tsx';

/** A file's text, and what it would change. */
interface Looked {
  json: string;
  review: ImportReview;
}

/** Imports settings: first shows what a file would change, then imports what the user ticks. */
export function Import({ view: { policy }, save }: SectionProps) {
  const [chosen, setChosen] = useState<File>();
  const [looked, setLooked] = useState<Looked>();
  const [refusal, setRefusal] = useState<Failure>();

  const choose = (file: File | undefined) => {
    setChosen(file);
    setLooked(undefined);
    setRefusal(undefined);
  };
  const look = async (file: File) => {
    const read = await textOf(file);
    const review = read.ok ? await ask({ type: 'review-import', json: read.value }) : read;
    setRefusal(review.ok ? undefined : review.failure);
    setLooked(read.ok && review.ok ? { json: read.value, review: review.value } : undefined);
  };
  const takeOver = async (accepted: string[], keepsFresh: boolean) => {
    if (looked === undefined) return;
    // Browsers grant this permission without asking, so what follows still counts as part of the click.
    if (keepsFresh) await browser.permissions.request({ permissions: ['idle'] });
    await save(ask({ type: 'import-settings', json: looked.json, accepted }));
    // The refused changes may differ from what was shown.
    close();
  };
  // The focused element is gone with the review.
  const close = () => {
    setLooked(undefined);
    document.getElementById('import')?.focus();
  };

  return (
    <Card id="import" title={text('options_import')} hint={text('options_importHint')}>
      {policy.mayImport ? (
        <>
          <label for="import-file">{text('options_importFile')}</label>
          <input
            id="import-file"
            type="file"
            accept="application/json,.json"
            onChange={({ currentTarget }) => choose(currentTarget.files?.[0])}
          />
          <div class="buttons">
            <button
              type="button"
              disabled={chosen === undefined}
              onClick={trusted(() => chosen && look(chosen))}
            >
              {text('import_look')}
            </button>
          </div>
          {refusal && <FailureNote failure={refusal} tone="bad" />}
          {looked && <Review review={looked.review} onTakeOver={takeOver} onCancel={close} />}
        </>
      ) : (
        <Managed what={text('policy_noImports')} />
      )}
    </Card>
  );
}

async function textOf(file: File): Promise<Result<string>> {
  if (file.size > longestSettingsFile) return tooLarge;
  // Browsers refuse to read a file that has changed since it was chosen.
  return file.text().then(ok, () => unreadable);
}

const unreadable = failed(failure('import-refused', { reason: 'file-changed' }));

const tooLarge = failed(failure('import-refused', { reason: 'too-large' }));
