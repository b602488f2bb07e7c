/**
 * A handler that acts on what a person did, and not on what a script made up. Submit events cannot tell: they count
 * as trusted after a made-up click too. So forms act on the click of their button, which browsers also make for Enter.
 */
export const trusted =
  <E extends Event>(act: (event: E) => unknown) =>
  (event: E): void => {
    if (event.isTrusted) act(event);
  };
