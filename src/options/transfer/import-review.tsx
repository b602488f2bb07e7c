import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { trusted } from '../../page/trusted.ts';
import { failureWords } from '../../webext/failure-words.ts';
import { type ImportChange, type ImportReview, importGroups } from '../../webext/import-review.ts';
import { type TextKey, text } from '../../webext/text.ts';
import { Searchable } from '../parts/searchable.tsx';

type Group = ImportChange['group'];

const groupTexts: Record<Group, { title: TextKey; hint?: TextKey }> = {
  bindings: { title: 'import_bindings', hint: 'import_bindingsHint' },
  chains: { title: 'import_chains', hint: 'import_chainsHint' },
  links: { title: 'import_links', hint: 'import_linksHint' },
  behaviour: { title: 'import_behaviour' },
  accounts: { title: 'import_accounts' },
  rest: { title: 'import_rest' },
};

/** All changes in an imported file, for the user to tick; nothing is ticked at first. */
export function Review({
  review: { changes, hostFailure },
  onTakeOver,
  onCancel,
}: {
  review: ImportReview;
  /** With the ids of the ticked changes, and whether the setting that needs a permission is one of them. */
  onTakeOver: (accepted: string[], keepsFresh: boolean) => unknown;
  onCancel: () => void;
}) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  if (changes.length === 0) return <p role="status">{text('import_nothing')}</p>;

  const isOpen = (change: ImportChange) => canTick(change, ticked);
  const accepted = changes.filter((change) => ticked.has(change.id) && isOpen(change));
  const tick = (some: readonly ImportChange[], on: boolean) =>
    setTicked((before) => {
      const next = new Set(before);
      for (const { id } of some) on ? next.add(id) : next.delete(id);
      return next;
    });
  const count = accepted.length;
  return (
    <section class="review" aria-labelledby="review">
      <h4 id="review" ref={heading} tabIndex={-1}>
        {text('import_title')}
      </h4>
      <p class="hint">{text('import_hint')}</p>
      {hostFailure && (
        <div class="note calm" role="status">
          <p class="what">{text('import_hostless')}</p>
          <p>{failureWords(hostFailure).message}</p>
        </div>
      )}
      {importGroups.map((group) => (
        <Changes
          key={group}
          group={group}
          changes={changes.filter((change) => change.group === group)}
          ticked={ticked}
          isOpen={isOpen}
          onTick={tick}
        />
      ))}
      <div class="buttons review-end">
        <button
          type="button"
          class="main"
          disabled={count === 0}
          onClick={trusted(() =>
            onTakeOver(
              accepted.map(({ id }) => id),
              accepted.some(({ keepsFresh }) => keepsFresh),
            ),
          )}
        >
          {count === 1 ? text('import_takeOverOne') : text('import_takeOver', count)}
        </button>
        <button type="button" onClick={onCancel}>
          {text('import_cancel')}
        </button>
      </div>
    </section>
  );
}

const canTick = ({ refusal, needs }: ImportChange, ticked: ReadonlySet<string>): boolean =>
  refusal === undefined && (needs === undefined || ticked.has(needs));

interface Ticking {
  ticked: ReadonlySet<string>;
  isOpen: (change: ImportChange) => boolean;
  onTick: (changes: readonly ImportChange[], on: boolean) => void;
}

function Changes({
  group,
  changes,
  ...ticking
}: Ticking & {
  group: Group;
  changes: ImportChange[];
}) {
  const id = useId();
  const { ticked, isOpen, onTick } = ticking;
  if (changes.length === 0) return null;
  const { title, hint } = groupTexts[group];
  const added = changes.filter((change) => !change.alone && isOpen(change));
  return (
    <section class="review-group" aria-labelledby={id}>
      <h5 id={id}>
        {text(title)} <span class="count">{changes.length}</span>
      </h5>
      {hint && <p class="hint">{text(hint)}</p>}
      {added.length > 1 && (
        <label class="tick-all">
          <input
            type="checkbox"
            checked={added.every((change) => ticked.has(change.id))}
            onChange={({ currentTarget }) => onTick(added, currentTarget.checked)}
          />
          {text('import_allNew', added.length)}
        </label>
      )}
      <Searchable items={changes} wordsOf={({ what, before, after }) => [what, ...before, after]}>
        {(shown) => (
          <ul class="changes">
            {shown.map((change) => (
              <Change key={change.id} change={change} {...ticking} />
            ))}
          </ul>
        )}
      </Searchable>
    </section>
  );
}

function Change({ change, ticked, isOpen, onTick }: Ticking & { change: ImportChange }) {
  const { id, what, before, after, alone, notes, refusal } = change;
  const open = isOpen(change);
  return (
    <li class="change">
      <input
        id={id}
        type="checkbox"
        disabled={!open}
        checked={open && ticked.has(id)}
        aria-describedby={`${id}-words`}
        onChange={({ currentTarget }) => onTick([change], currentTarget.checked)}
      />
      <label for={id}>
        <bdi>{what}</bdi>
      </label>
      {before.length > 0 && <span class="state amber">{text('import_replaces')}</span>}
      {!alone && <span class="state grey">{text('import_new')}</span>}
      <div class="change-words" id={`${id}-words`}>
        {before.map((words) => (
          <p key={words} class="now">
            <span>{text('import_now')}</span> <bdi>{words}</bdi>
          </p>
        ))}
        <p class="then">
          <span>{text('import_then')}</span> <bdi>{after}</bdi>
        </p>
        {notes.map((note) => (
          <p key={note} class="warning">
            {note}
          </p>
        ))}
        {refusal !== undefined && <p class="problem">{refusal}</p>}
      </div>
    </li>
  );
}
