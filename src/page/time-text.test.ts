import { describe, expect, it, vi } from 'vitest';
import { makeI18n } from '../../test/fixtures/i18n.ts';
import { durationText, timeLeftText } from './time-text.ts';

vi.mock('../background/browser.ts', () => ({ browser: { i18n: makeI18n() } }));

const minute = 60_000;
const end = Date.UTC(2026, 0, 2, 12);
const left = (milliseconds: number) => timeLeftText(end, end - milliseconds);

describe('the time left', () => {
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
  ])('%i ms before the end is “%s”', (milliseconds, words) => {
    expect(left(milliseconds)).toBe(words);
  });
});

describe('a duration', () => {
  it.each([
    [900, '15 min'],
    [3600, '1 h'],
    [5400, '1 h 30 min'],
    [43_200, '12 h'],
    [59, '0 min'],
  ])('of %i seconds is “%s”', (seconds, words) => {
    expect(durationText(seconds)).toBe(words);
  });
});
