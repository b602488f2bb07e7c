import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editPlainFile } from '../../src/credentials-file/format/edit-plain-file.ts';
import { editWholeFile, type ProfileChange } from '../../src/credentials-file/format/edit-whole-file.ts';
import { isPlain } from '../../src/credentials-file/format/plain-sections.ts';

// The same each time, so that a finding comes from a change; `ROLEFERRY_SEED` looks elsewhere.
const seed = Number(process.env.ROLEFERRY_SEED ?? 20261122);

const pick = (...values: string[]) => fc.constantFrom(...values);
const names = ['dev', 'prod', 'a', 'team/x:y', 'profile.dev', 'new'];

const plainLine = fc.oneof(
  { weight: 4, arbitrary: pick(...names.slice(0, 5), 'b', 'c', 'services').map((name) => `[${name}]`) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        pick(
          'aws_access_key_id',
          'aws_secret_access_key',
          'aws_session_token',
          'aws_security_token',
          'x_principal_arn',
          'x_security_token_expires',
          'AWS_ACCESS_KEY_ID',
          'region',
          'k',
        ),
        pick('=', ' = ', '= ', '\t=\t', ' ='),
        pick('ASIAOLD', 'old', 'x=y', 'old # inline', 'old ; [x]', '', 'a]', '\u00e9\u00a0', '\u0085x', 'v '),
      )
      .map((parts) => parts.join('')),
  },
  { weight: 3, arbitrary: pick('', '', '# c', '; [dev]', '#', '# \u00e2\u0080\u00a8[dev]') },
);
/** What makes a file other than plain, and must not be taken for it. */
const strangeLine = pick(
  '  nested = 1',
  '\t[dev]',
  '  ',
  '  # indented',
  '[ dev ]',
  '[dev]# c',
  '[dev] # [x]',
  '[dev] ',
  '[profile dev]',
  '["dev"]',
  '[DEFAULT]',
  '[]',
  '[dev',
  'what',
  '= x',
  'k: v',
  'a:b = c',
  'role_arn = x',
  '\u00a0[dev]',
  '\u00e3\u0080\u0080k = v',
  '\u00ef\u00bb\u00bf[dev]',
  'k = \u0001',
  '# \u007f',
  'k = a\u000bb',
  'k = a\rb',
  '[dev]\r',
  'cl\u00c3\u00a9 = v',
  '\u001c[dev]',
);
const line = fc.oneof({ weight: 60, arbitrary: plainLine }, { weight: 1, arbitrary: strangeLine });
const content = fc
  .record({
    lines: fc.array(line, { maxLength: 20 }),
    ending: fc.oneof({ weight: 6, arbitrary: pick('\n') }, { weight: 2, arbitrary: pick('\r\n', '\r\r\n') }),
    odd: fc.nat({ max: 40 }),
    last: pick('', '\n', '\n\n', '\r\n'),
    begins: fc.oneof(
      { weight: 9, arbitrary: pick('[b]\n', '# c\n\n[dev]\r\n') },
      { weight: 1, arbitrary: pick('') },
    ),
  })
  .map(({ lines, ending, odd, last, begins }) => {
    const text = lines.map(
      (text, at) => text + (at === lines.length - 1 ? '' : at === odd ? '\r\n' : ending),
    );
    return begins + text.join('') + last;
  });

const changes = fc.uniqueArray(
  fc.record({ name: pick(...names), replace: fc.boolean(), removes: fc.nat({ max: 30 }) }),
  { minLength: 1, maxLength: 3, selector: ({ name }) => name },
);

function changeOf({
  name,
  replace,
  removes,
}: {
  name: string;
  replace: boolean;
  removes: number;
}): ProfileChange {
  const credentials = {
    accessKeyId: 'ASIANEWNEWNEWNEW1234',
    secretAccessKey: 'new/secret+',
    sessionToken: 'new//token==',
    expiration: '2030-01-01T00:00:00Z',
  };
  const write = { name, credentials, principalArn: 'arn:aws:sts::123456789012:assumed-role/R/me@x' };
  return { name, replace, takeOver: true, ...(removes > 0 && { write }) };
}

describe(`an edit of some sections alone (seed ${seed})`, () => {
  test('is what reading the whole file as all AWS tools do would have made of it', () => {
    const seen = { plain: 0, other: 0 };
    const property = fc.property(content, changes, (before, wanted) => {
      const edits = wanted.map(changeOf);
      const bytes = Buffer.from(before, 'latin1');
      const pieces = isPlain(bytes) ? editPlainFile('F', bytes, edits) : undefined;
      if (pieces === undefined) {
        seen.other++;
        return;
      }
      seen.plain++;
      const edited = Buffer.concat(pieces).toString('latin1');
      const whole = editWholeFile('F', before, edits);
      expect(whole).toEqual({ ok: true, value: { content: edited, refused: new Map() } });
    });
    fc.assert(property, { seed, numRuns: 8_000 });
    console.log(`seed ${seed}: ${JSON.stringify(seen)}`);
    expect(seen.plain).toBeGreaterThan(4_000);
  });
});
