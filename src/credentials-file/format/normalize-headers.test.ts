import { expect, test } from 'vitest';
import { normalizeHeaders } from './normalize-headers.ts';
import { parseLines } from './parse-lines.ts';

test.each([
  ['[ dev ]\nk = 1\n', '[dev]\nk = 1\n'],
  ['  [ dev ] ; c\r\n', '  ; c\r\n  [dev]\r\n'],
  ['[dev] # [c]', '# [c]\n[dev]'],
  ['[dev]\n[ dev ]\n', '[dev]\n[ dev ]\n'],
  ['[ dev ]\n[dev]\n', '[ dev ]\n[dev]\n'],
  ['[ dev ]\nk = 1\n[ dev\t]\n', '[ dev ]\nk = 1\n[dev]\n'],
  ['[dev]#a\n[ dev ]\n', '#a\n[dev]\n[ dev ]\n'],
  ['[ dev ]\n[dev]#a\n', '[ dev ]\n#a\n[dev]\n'],
  ['[dev]#a\n[dev]#b\n', '[dev]#a\n#b\n[dev]\n'],
  ['[ b ]\n[dev]#a\n', '[b]\n#a\n[dev]\n'],
  ['[ other ]\n[dev] # a\n', '[ other ]\n[dev] # a\n'],
])('of the headers in %j every tool finds one for each profile', (content, normalized) => {
  const parsed = parseLines(content);
  expect(parsed.ok && normalizeHeaders(parsed.value, new Set(['dev', 'b']))).toBe(normalized);
});
