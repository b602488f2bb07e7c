/** The narrowest that a column is made; what is shorter says nothing. */
const narrowest = 8;

/**
 * Lines of columns, the header's first, no wider than `width` characters where that can be done by cutting the
 * column `elastic` short; where it cannot, nothing is cut. Texts are taken to be one cell a character, as names and ARNs are.
 */
export function table(header: string[], rows: string[][], elastic: number, width: number): string[] {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const total = widths.reduce((sum, each) => sum + each + gap.length, -gap.length);
  const wanted = widths[elastic] ?? 0;
  const room = wanted - (total - width);
  widths[elastic] = room < narrowest ? wanted : Math.min(wanted, room);
  return all.map((row) =>
    row
      .map((text, column) => cut(text, widths[column] ?? 0).padEnd(widths[column] ?? 0))
      .join(gap)
      .trimEnd(),
  );
}

const gap = '  ';

const cut = (text: string, width: number) => (text.length > width ? `${text.slice(0, width - 1)}…` : text);
