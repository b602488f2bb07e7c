/** How many names a note shows. */
const most = 5;

/** The first few names, on one line. */
export const namesOf = (names: readonly string[]): string =>
  names.slice(0, most).join(', ') + (names.length > most ? ' …' : '');
