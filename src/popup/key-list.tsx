import { text } from '../webext/text.ts';

/** What keys do in the popup. */
export function KeyList() {
  const enter = text('popup_keyEnter');
  const keys = [
    [text('popup_keysTypeKey'), text('popup_search')],
    ['↑ ↓', text('popup_keysArrows')],
    [enter, text('popup_copy')],
    [`${text('popup_keyShift')} + ${enter}`, text('popup_keysEnv')],
    [`${text('popup_keyCtrl')} + ${enter}`, text('popup_keysConsole')],
    [`${text('popup_keyAlt')} + ${enter}`, text('popup_renew')],
    [text('popup_keySpace'), text('popup_keysSpace')],
  ];
  return (
    <dl class="card keys" id="keys">
      {keys.map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
