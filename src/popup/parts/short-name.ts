/** What a line has room for. */
const most = 20;

/** Of a long name its beginning and its end, which tell it apart from others: `acme-bill…developer`. */
export const shortName = (name: string): string =>
  name.length <= most ? name : `${name.slice(0, 9)}…${name.slice(-10)}`;
