import type { Line } from './row.ts';

const width = 760;
const left = 20;
const rowHeight = 26;

/** Draws the steps of logins, one scale for all (SVG). */
export function timelinePicture(lines: Line[]): string {
  const logins = lines.filter(({ what }) => what.startsWith('steps of a login'));
  const times = logins.flatMap(({ figures }) => Object.values(figures ?? {}).map(Number));
  const [first, last] = [Math.min(0, ...times), Math.max(...times)];
  const x = (time: number) => left + ((time - first) / (last - first)) * (width - 2 * left);
  const shapes: string[] = [];
  let y = 24;
  for (const { what, figures = {} } of logins) {
    const steps = Object.entries({ 'the POST is at AWS': 0, ...figures }).sort((a, b) => +a[1] - +b[1]);
    shapes.push(`<text x="${left}" y="${y}" font-weight="bold">${what.replace('steps of a', 'A')}</text>`);
    for (const [step, time] of steps) {
      y += rowHeight;
      const place = x(Number(time));
      const anchor = place > width / 2 ? 'end' : 'start';
      shapes.push(
        `<path d="M${left} ${y}H${place}" stroke="#9ab" stroke-width="3"/>`,
        `<circle cx="${place}" cy="${y}" r="5" fill="#2563eb"/>`,
        `<text x="${anchor === 'end' ? place - 10 : place + 10}" y="${y - 6}" text-anchor="${anchor}">${step}: ${time} ms</text>`,
      );
    }
    y += 2 * rowHeight;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y - rowHeight}" font-family="sans-serif" font-size="13">
<rect width="100%" height="100%" fill="white"/>
${shapes.join('\n')}
</svg>
`;
}
