import { describe, expect, it } from 'vitest';
import { table } from './table.ts';

const header = ['NAME', 'ROLE', 'LEFT'];
const rows = [
  ['dev', 'a-role-with-quite-a-long-name', '1 h'],
  ['production', 'Admin', 'expired'],
];

describe('a table', () => {
  it('gives each column the room that it needs', () => {
    expect(table(header, rows, 1, 200)).toEqual([
      'NAME        ROLE                           LEFT',
      'dev         a-role-with-quite-a-long-name  1 h',
      'production  Admin                          expired',
    ]);
  });

  it('cuts the one column that may be cut to fit the terminal', () => {
    const lines = table(header, rows, 1, 40);
    expect(lines[1]).toBe('dev         a-role-with-quite-…  1 h');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  });

  it('leaves something to be seen of it in a narrow terminal', () => {
    expect(table(header, rows, 1, 29)[1]).toBe('dev         a-role-…  1 h');
  });

  it('cuts nothing where the lines would be too long nevertheless', () => {
    expect(table(header, rows, 1, 28)).toEqual(table(header, rows, 1, 200));
  });
});
