import { describe, expect, it } from 'vitest';
import { namesInLabels } from './account-names.ts';

const namesIn = (...labels: string[]) => Object.fromEntries(namesInLabels(labels));

describe('labels of AWS’s role chooser', () => {
  it.each([
    'Account: shop-live (111122223333)',
    '\n  Account:   shop-live   (111122223333)\n',
    'Konto: shop-live (111122223333)',
    'アカウント：shop-live（111122223333）',
  ])('name an account: %j', (label) => {
    expect(namesIn(label)).toEqual({ '111122223333': 'shop-live' });
  });

  it('are read to the last number, so that a name may have brackets and a colon', () => {
    expect(namesIn('Account: a: (999999999999) b (111122223333)')).toEqual({
      '111122223333': 'a: (999999999999) b',
    });
  });

  it.each([
    ['no name', 'Account: 111122223333'],
    ['an empty name', 'Account:  (111122223333)'],
    ['a number of eleven digits', 'Account: shop (11112222333)'],
    ['a number of thirteen digits', 'Account: shop (1111222233334)'],
    ['digits of another script', 'Account: shop (١١١١٢٢٢٢٣٣٣٣)'],
    ['a name of 65 characters', `Account: ${'x'.repeat(65)} (111122223333)`],
    ['a name that turns the direction', 'Account: shop\u202etset (111122223333)'],
    ['a name with something invisible', 'Account: sh\u200bop (111122223333)'],
    ['a name that steers a terminal', 'Account: \u001b[31mshop (111122223333)'],
    ['a name of two lines', 'Account: shop\nlive (111122223333)'],
    ['something behind the number', 'Account: shop (111122223333) and more'],
    ['a hundred thousand spaces', `Account: ${' '.repeat(100_000)}(`],
  ])('with %s tell nothing', (_, label) => {
    expect(namesIn(label)).toEqual({});
  });

  it('that call one account by two names tell nothing of it', () => {
    expect(
      namesIn('Account: a (111122223333)', 'Account: b (111122223333)', 'Account: c (444455556666)'),
    ).toEqual({ '444455556666': 'c' });
  });

  it('hold a thousand accounts', () => {
    const labels = Array.from({ length: 1000 }, (_, i) => `Account: team-${i} (${100_000_000_000 + i})`);
    expect(namesInLabels(labels).size).toBe(1000);
  });

  it('are text, whatever stands in them', () => {
    expect(namesIn('Account: <script>alert(1)</script> (111122223333)')).toEqual({
      '111122223333': '<script>alert(1)</script>',
    });
  });
});
