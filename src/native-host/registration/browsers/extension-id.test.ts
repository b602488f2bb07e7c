import { expect, it } from 'vitest';
import { chromiumExtensionId, firefoxExtensionId } from '../../../core/product.ts';
import { extensionKind } from './extension-id.ts';

it.each([
  [chromiumExtensionId, 'chromium'],
  [firefoxExtensionId, 'firefox'],
  ['{446900e4-71c2-419f-a6a7-df9c091e268b}', 'firefox'],
  ['@mine', undefined],
  [chromiumExtensionId.toUpperCase(), undefined],
  [`${chromiumExtensionId}/`, undefined],
  ['*', undefined],
  ['', undefined],
  ['a@b"c', undefined],
  [`${firefoxExtensionId}\n`, undefined],
])('takes %j for %s', (id, kind) => {
  expect(extensionKind(id)).toBe(kind);
});
