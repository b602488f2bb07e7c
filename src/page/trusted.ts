/**
 * A handler that ignores events made by scripts. Submit events are trusted even after a made-up click, so forms act
 * on the click of their button, which browsers also send for Enter.
 */
export const trusted =
  <E extends Event>(act: (event: E) => unknown) =>
  (event: E): void => {
    if (event.isTrusted) act(event);
  };
