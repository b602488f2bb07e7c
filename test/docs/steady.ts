/** What readers see of an output: no place of this machine, and nothing that looks like a key. */
export function forReaders(text: string, places: Record<string, string>): string {
  const longestFirst = Object.entries(places).sort(([a], [b]) => b.length - a.length);
  return longestFirst
    .reduce((shown, [place, name]) => shown.replaceAll(place, name), text)
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replace(/\b(A[SKR][IO]A)\w{12,}/g, '$1…')
    .replace(/(?=[A-Za-z+/=]*\d)[A-Za-z0-9+/=]{40,}/g, '…')
    .replace(/[ \t]+$/gm, '');
}

/** The same for two outputs that differ in times only. */
export const comparable = (text: string): string =>
  text
    .replace(/20\d\d-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:\d\d)?/g, 'TIME')
    .replace(/\d+ (?:d|h|min|s)(?: \d+ (?:h|min|s))?(?= left| ago|$)/gm, 'SOME TIME')
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'ID')
    .replace(/ +/g, ' ');
