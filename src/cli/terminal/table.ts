/** The least width of a column; anything shorter would say nothing. */
const narrowest = 8;

/**
 * The lines of a table, header first. Shortens the column `elastic` so that lines fit into `width` characters; if that is
 * not enough, cuts nothing. Assumes one cell for each character, which is true of names and ARNs.
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
