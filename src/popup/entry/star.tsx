import { useEffect, useRef } from 'preact/hooks';
import { ask } from '../../page/background.ts';
import { trusted } from '../../page/trusted.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';

/** The role whose star was pressed last: its entry moves, and the focus goes with it. */
let pressed: string | undefined;

/** Makes a role a favourite, which stands on top of the list, or an ordinary one again. */
export function Star({ view, roleArn, describedBy }: { view: View; roleArn: string; describedBy: string }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (pressed === roleArn) button.current?.focus({ preventScroll: true });
    pressed = undefined;
  }, []);
  const { favourites } = view.settings;
  const isOn = favourites.includes(roleArn);
  const toggle = () => {
    pressed = roleArn;
    const others = favourites.filter((one) => one !== roleArn);
    return ask({
      type: 'change-settings',
      settings: { favourites: isOn ? others : [...others, roleArn] },
    });
  };
  return (
    <button
      ref={button}
      type="button"
      class="star"
      aria-pressed={isOn}
      aria-label={text('popup_favourite')}
      aria-describedby={describedBy}
      title={text('popup_favourite')}
      onClick={trusted(toggle)}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M8 1.7l1.9 4 4.4.6-3.2 3 .8 4.4L8 11.6l-3.9 2.1.8-4.4-3.2-3 4.4-.6z" />
      </svg>
    </button>
  );
}
