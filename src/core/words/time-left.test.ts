import { describe, expect, it, vi } from 'vitest';
import { makeI18n } from '../../../test/fixtures/i18n.ts';
import { timeWords as wordsOfCli } from '../../cli/terminal/time-words.ts';
import { timeWords as wordsOfPages } from '../../webext/time-words.ts';
import { duration, timeLeft } from './time-left.ts';

vi.mock('../../webext/browser.ts', () => ({ browser: { i18n: makeI18n() } }));

const minute = 60_000;
const end = Date.UTC(2026, 0, 2, 12);

describe.each([
  ['the command line', wordsOfCli],
  ['the pages', wordsOfPages],
])('in the words of %s', (_, words) => {
  it.each([
    [12 * 60 * minute, '12 h left'],
    [200 * minute, '3 h 20 min left'],
    [200 * minute - 1, '3 h 19 min left'],
    [60 * minute, '1 h left'],
    [59 * minute, '59 min left'],
    [minute, '1 min left'],
    [minute - 1, 'less than a minute left'],
    [-1, 'expired'],
    [-24 * 60 * minute, 'expired'],
  ])('the time left %i ms before the end is “%s”', (milliseconds, said) => {
    expect(timeLeft(end, end - milliseconds, words)).toBe(said);
  });

  it.each([
    [900, '15 min'],
    [3600, '1 h'],
    [5400, '1 h 30 min'],
    [43_200, '12 h'],
    [59, '0 min'],
  ])('a duration of %i seconds is “%s”', (seconds, said) => {
    expect(duration(seconds, words)).toBe(said);
  });
});
