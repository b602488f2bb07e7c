import { describe, expect, test } from 'vitest';
import { said } from '../../../test/fixtures/said.ts';
import type { Failure } from '../../core/failure.ts';
import { inEnglish } from '../../core/words/failures/english.ts';
import { editProfiles as editBytes } from './edit-profiles.ts';
import type { ProfileChange } from './edit-whole-file.ts';

const profile = (name: string, extra: { replace?: boolean; takeOver?: boolean } = {}) => ({
  name,
  credentials: {
    accessKeyId: 'ASIANEWNEWNEWNEW1234',
    secretAccessKey: 'newsecret',
    sessionToken: 'newtoken==',
    expiration: '2030-01-01T00:00:00Z',
  },
  principalArn: 'arn:aws:sts::123456789012:assumed-role/R/me',
  ...extra,
});

const keys = [
  'aws_access_key_id = ASIANEWNEWNEWNEW1234',
  'aws_secret_access_key = newsecret',
  'aws_session_token = newtoken==',
  'x_security_token_expires = 2030-01-01T00:00:00Z',
  'x_principal_arn = arn:aws:sts::123456789012:assumed-role/R/me',
];
const written = keys.join('\n');

function editProfiles(file: string, content: string, changes: ProfileChange[]) {
  const edited = editBytes(file, Buffer.from(content, 'latin1'), changes);
  if (!edited.ok) return edited;
  const { pieces, refused } = edited.value;
  return { ok: true as const, value: { content: Buffer.concat(pieces).toString('latin1'), refused } };
}

function edit(content: string, extra: { replace?: boolean; takeOver?: boolean; name?: string } = {}) {
  const { name = 'dev', ...rest } = extra;
  const edited = editProfiles('F', content, [{ name, ...rest, write: profile(name, rest) }]);
  if (!edited.ok) return `line ${edited.line}: ${JSON.stringify(edited.reason)}`;
  return messageOf(edited.value.refused.get(name)) ?? edited.value.content;
}

function messageOf(refusal: Failure | undefined): string | undefined {
  return refusal && inEnglish(refusal).message;
}

describe('a new profile', () => {
  test('is the whole of an empty file', () => {
    expect(edit('')).toBe(`[dev]\n${written}\n`);
  });

  test('comes after all that is there and a blank line', () => {
    expect(edit('# mine\n[a]\nk=1\n')).toBe(`# mine\n[a]\nk=1\n\n[dev]\n${written}\n`);
    expect(edit('[a]\n\n')).toBe(`[a]\n\n[dev]\n${written}\n`);
  });

  test('gives a last line without an ending one first', () => {
    expect(edit('[a]\nk=1')).toBe(`[a]\nk=1\n\n[dev]\n${written}\n`);
  });

  test('takes the line endings of the file', () => {
    expect(edit('[a]\r\nk=1\r\n')).toBe(`[a]\r\nk=1\r\n\r\n[dev]\r\n${keys.join('\r\n')}\r\n`);
    expect(edit('[a]\r\nk=1\r\n[dev]')).toBe(`[a]\r\nk=1\r\n[dev]\r\n${keys.join('\r\n')}\r\n`);
    expect(edit('[a]\r\nk=1')).toBe(`[a]\r\nk=1\r\n\r\n[dev]\r\n${keys.join('\r\n')}\r\n`);
  });

  test('hides an account that all profiles inherit', () => {
    const others = '[DEFAULT]\naws_account_id = 999988887777\n';
    expect(edit(others)).toBe(`${others}\n[dev]\n${written}\naws_account_id = 123456789012\n`);
    expect(edit('[DEFAULT]\nregion = x\n')).not.toContain('aws_account_id');
  });

  test('is not mistaken for a section that AWS tools read as another', () => {
    for (const header of ['[profile dev]', '["dev"]', '[Dev]', '[dev-2]', '#[dev]']) {
      expect(edit(`${header}\n`)).toBe(`${header}\n\n[dev]\n${written}\n`);
    }
  });
});

describe('an existing profile', () => {
  test('keeps place, order, spacing and endings of its keys', () => {
    const before =
      '[dev]\r\naws_session_token=t\nregion = x\r\n  aws = no\naws_access_key_id\t=  ASIAX\r\n[b]\n';
    expect(edit(before)).toBe(
      '[dev]\r\naws_session_token=newtoken==\nregion = x\r\n  aws = no\n' +
        'aws_access_key_id\t=  ASIANEWNEWNEWNEW1234\r\naws_secret_access_key\t=  newsecret\r\n' +
        'x_security_token_expires\t=  2030-01-01T00:00:00Z\r\n' +
        'x_principal_arn\t=  arn:aws:sts::123456789012:assumed-role/R/me\r\n[b]\n',
    );
  });

  test('gets what is missing behind what is there, in the same manner', () => {
    const [id, secret, token, ...rest] = keys;
    const tight = (lines: (string | undefined)[]) => lines.join('\n').replaceAll(' = ', '=');
    expect(edit('[dev]\naws_session_token=t\nregion = x\n')).toBe(
      `[dev]\n${tight([token, id, secret, ...rest])}\nregion = x\n`,
    );
    expect(edit('[dev]\nregion=x\n')).toBe(`[dev]\nregion=x\n${tight(keys)}\n`);
    expect(edit('[dev]\nregion=x\ncredential_process = y\n', { replace: true })).toBe(
      `[dev]\nregion=x\n${tight(keys)}\n`,
    );
    expect(edit('[dev]\naws_session_token = t\n  # note\n')).toBe(
      `[dev]\n${[token, id, secret, ...rest].join('\n')}\n# note\n`,
    );
  });

  test('without any setting gets its keys below its header, where no comment becomes a part of them', () => {
    for (const [before, after] of [
      ['', ''],
      ['# c\n', '# c\n'],
      ['  # c\n', '# c\n'],
      ['\n\t; c\n', '\n; c\n'],
    ]) {
      expect(edit(`[dev]\n${before}[b]\nk = 1\n`)).toBe(`[dev]\n${written}\n${after}[b]\nk = 1\n`);
    }
  });

  test('gets its keys behind nested settings, whose header has no value to be like', () => {
    for (const header of ['s3 =', 's3=', 's3\t=']) {
      const nested = `[dev]\n${header}\n  a = 1\n# c\n  b = 2\n  c = 3\n`;
      expect(edit(nested)).toBe(`${nested}${written}\n`);
    }
  });

  test('keeps the blanks around an equals sign that had no value, as far as they are even', () => {
    const above = `[dev]\n${keys.slice(0, -1).join('\n')}\n`;
    const arn = 'arn:aws:sts::123456789012:assumed-role/R/me';
    for (const [before, after] of [
      ['x_principal_arn=', `x_principal_arn=${arn}`],
      ['x_principal_arn =x', `x_principal_arn =${arn}`],
      ['x_principal_arn =', `x_principal_arn = ${arn}`],
      ['x_principal_arn\t =', `x_principal_arn = ${arn}`],
      ['x_principal_arn\t=\t# c', `# c\nx_principal_arn\t=\t${arn}`],
    ]) {
      expect(edit(`${above}${before}\n`)).toBe(`${above}${after}\n`);
    }
  });

  test('loses and gets nothing of the section above it', () => {
    const above = '[a]\naws_session_token = mine\n';
    expect(edit(`${above}[dev]\n${written}\n`)).toBe(`${above}[dev]\n${written}\n`);
    expect(edit(`${above}[dev]\n`)).toBe(`${above}[dev]\n${written}\n`);
  });

  test('keeps comments in any encoding in a file that is plain otherwise', () => {
    const before = `[a]\n# \u00ff\n[dev]\n# caf\u00e9 \u00fe\n${written}\n`;
    expect(edit(before.replace('newsecret', 'old'))).toBe(before);
  });

  test('is the same file when written again', () => {
    const once = edit('[a]\nk=1\n');
    expect(edit(once)).toBe(once);
  });

  test('keeps byte order mark, comments in any encoding, unknown keys, nested blocks and a missing last ending', () => {
    const before = `\u00ef\u00bb\u00bf; caf\u00e9\n[dev]\n${written}\n\n# \u00ff\u00fe\ns3 =\n  k = 1\n\nx: y = 1`;
    const changed = before.replace('newsecret', 'old');
    expect(edit(changed)).toBe(before);
  });

  test('loses the continuation lines of a replaced value, and nothing else', () => {
    const before = `[dev]\n${written.replace('newsecret', 'a\n  b\n# c\n\n  d')}\n`;
    expect(edit(before)).toBe(`[dev]\n${written.replace('newsecret', 'newsecret\n# c\n')}\n`);
  });

  test('has the comment behind a value put above it, where the AWS CLI sees a comment too', () => {
    const before = `[dev]\n${written.replace('newsecret', 'old ; mine')}\nk = 1 # stays\n`;
    expect(edit(before)).toBe(
      `[dev]\n${written.replace('aws_secret', '; mine\naws_secret')}\nk = 1 # stays\n`,
    );
  });

  test('has an indented comment below a value moved left, where Java sees a comment too', () => {
    expect(edit(`[dev]\n${written}\n  # note\n`)).toBe(`[dev]\n${written}\n# note\n`);
  });

  test('has a legacy token kept in step', () => {
    expect(edit(`[dev]\naws_security_token = old\n${written}\n`)).toBe(
      `[dev]\naws_security_token = newtoken==\n${written}\n`,
    );
  });

  test('gets its keys in the spelling that JavaScript reads, each once', () => {
    const before = `[dev]\nAWS_Session_Token = old\naws_session_token = older\n  x\n`;
    expect(edit(before)).toBe(
      `[dev]\naws_session_token = newtoken==\n${keys.filter((key) => !/token =/.test(key)).join('\n')}\n`,
    );
  });

  test('gets the new values in each of its sections', () => {
    const before = `[dev]\naws_session_token = 1\n[b]\n[dev]\naws_session_token = 2\n`;
    const [id, secret, token, ...rest] = keys;
    expect(edit(before)).toBe(`[dev]\n${token}\n[b]\n[dev]\n${[token, id, secret, ...rest].join('\n')}\n`);
    expect(edit(`[dev]\n${written}\n[ dev ]\naws_session_token = 2\n`)).toBe(
      `[dev]\n${written}\n[ dev ]\n${token}\n`,
    );
  });

  test('with several sections gets what is missing where its keys are, else in the last', () => {
    const [id, secret, token, ...rest] = keys;
    expect(edit('[dev]\naws_session_token = 1\n[b]\n[dev]\nk = 1\n')).toBe(
      `[dev]\n${[token, id, secret, ...rest].join('\n')}\n[b]\n[dev]\nk = 1\n`,
    );
    expect(edit('[dev]\nj = 1\n[dev]\nk = 1\n[dev]\nl = 1\n')).toBe(
      `[dev]\nj = 1\n[dev]\nk = 1\n[dev]\nl = 1\n${written}\n`,
    );
  });

  test('has a comment below an indented header moved left, and one that is less indented than a value not', () => {
    expect(edit('  [dev]\n  # c\n')).toBe(`  [dev]\n${written}\n# c\n`);
    const indented = written.replace(/^/gm, '  ');
    expect(edit(`[dev]\n${indented}\n # c\n`)).toBe(`[dev]\n${indented}\n # c\n`);
  });

  test('gets a header that all tools read', () => {
    expect(edit('[ dev ]\nk = 1\n')).toBe(`[dev]\nk = 1\n${written}\n`);
    expect(edit('[dev]# c\nk = 1\n')).toBe(`# c\n[dev]\nk = 1\n${written}\n`);
    expect(edit('[dev] # [c]\nk = 1\n')).toBe(`# [c]\n[dev]\nk = 1\n${written}\n`);
    expect(edit('[dev] # c\nk = 1\n')).toBe(`[dev] # c\nk = 1\n${written}\n`);
  });

  test('leaves the headers of others as they are', () => {
    expect(edit('[ b ]\nk = 1\n[dev]\n')).toBe(`[ b ]\nk = 1\n[dev]\n${written}\n`);
  });

  test('has a comment below an indented value where the value begins, and others where they were', () => {
    const indented = written.replace(/^/gm, '  ');
    expect(edit(`[dev]\n${indented}\n    # c\n`)).toBe(`[dev]\n${indented}\n  # c\n`);
    expect(edit(`[dev]\n${indented}\n# c\n`)).toBe(`[dev]\n${indented}\n# c\n`);
  });

  test('may be indented', () => {
    expect(edit('[dev]\n  aws_session_token = x\n[b]\n')).toMatch(
      /^\[dev\]\n {2}aws_session_token = newtoken==\n {2}aws_access_key_id = .*\n {2}.*\n {2}.*\n {2}.*\n\[b\]\n$/,
    );
  });
});

describe('what is not ours', () => {
  test.each([
    ['aws_access_key_id = AKIAX\naws_secret_access_key = hush', 'a long-lived access key'],
    ['aws_access_key_id = ASIAX\naws_secret_access_key = hush', 'an access key without a session token'],
    ['credential_process = /bin/hush', 'credential_process'],
    ['sso_session = hush', 'sso_session'],
    ['role_arn = hush\nsource_profile = hush', 'role_arn, source_profile'],
  ])('%j is not overwritten unasked', (section, found) => {
    const message = `Roleferry does not overwrite the profile dev: it holds ${found}.`;
    expect(edit(`[dev]\n${section}\n`)).toBe(message);
  });

  const leftOver = `aws_secret_access_key = hush\n${keys[2]}\nx_principal_arn = arn:aws:sts::1:assumed-role/R/me`;

  test.each([
    ['aws_access_key_id = "AKIAX"', 'a long-lived access key'],
    ["aws_access_key_id = 'AKIAX'", 'a long-lived access key'],
    ['aws_access_key_id =\u00c2\u00a0AKIAX', 'a long-lived access key'],
    ['AWS_ACCESS_KEY_ID = akiax ; note', 'a long-lived access key'],
    ['aws_access_key_id\u00c2\u00a0= AKIAX', 'a long-lived access key'],
    ['aws_access_key_id: AKIAX=', 'a long-lived access key'],
    ['aws_access_key_id = ASIAX\n  AKIAX', 'an access key with a space'],
    ['aws_access_key_id = ABIAX', 'an access key that belongs to no role'],
    ['aws_access_key_id = ASIAX\naws_access_key_id = AKIAX', 'a long-lived access key'],
    ['aws_access_key_id =', 'a secret key without an access key'],
  ])('%j is not overwritten unasked beside a token that was left over', (line, found) => {
    expect(edit(`[dev]\n${line}\n${leftOver}\n`)).toContain(`it holds ${found}`);
  });

  test('is not what stands in [DEFAULT], which a profile of its own hides and loses nothing of', () => {
    const others = '[DEFAULT]\naws_access_key_id = AKIAX\naws_secret_access_key = hush\n';
    expect(edit(others)).toBe(`${others}\n[dev]\n${written}\n`);
  });

  test('counts in every section of that name', () => {
    expect(edit(`[dev]\n${written}\n[dev]\naws_access_key_id = AKIAX\n`)).toContain(
      'a long-lived access key',
    );
  });

  test('is what all profiles inherit from [DEFAULT]', () => {
    expect(edit('[DEFAULT]\nrole_arn = x\n')).toContain('it holds role_arn');
  });

  test('goes when that is asked for, with all that would win over the new keys', () => {
    const before =
      '[dev]\ncredential_process = x\n  y\nrole_arn = z\n  # c\nregion = r\naws_access_key_id = AKIA\n';
    const [id, ...rest] = keys;
    expect(edit(before, { replace: true })).toBe(`[dev]\n# c\nregion = r\n${id}\n${rest.join('\n')}\n`);
  });
});

describe('a profile on which AWS tools disagree is left alone', () => {
  test.each([
    ['[dev]\naws_session_token = a\nk = 1\n  aws_session_token = b\n', 4],
    ['[dev]\naws_session_token: a=\n', 2],
    ['[dev]\nk = 1\naws_session_token\u00c2\u00a0= a\n', 3],
    ['[dev]\n  k =\n  aws_session_token = a\n', 3],
  ])('%j', (content, line) => {
    expect(edit(content)).toContain(`line ${line} cannot be understood: AWS tools read it in different ways`);
  });

  test('is found among many, though it would keep a tool from reading any of them', () => {
    const names = ['a', 'b', 'dev', 'c', 'd'];
    const edited = editProfiles(
      'F',
      '[dev]\naws_session_token: a=\n',
      names.map((name) => ({ name, write: profile(name) })),
    );
    expect(edited.ok && [...edited.value.refused.keys()]).toEqual(['dev']);
    expect(edited.ok && edited.value.content.match(/^\[.*\]$/gm)).toEqual([
      '[dev]',
      '[a]',
      '[b]',
      '[c]',
      '[d]',
    ]);
  });

  test('while others of the same request are written', () => {
    const changes = ['dev', 'b'].map((name) => ({ name, write: profile(name) }));
    const edited = editProfiles('F', '[dev]\naws_session_token: a=\n', changes);
    expect(edited).toMatchObject({
      ok: true,
      value: { content: `[dev]\naws_session_token: a=\n\n[b]\n${written}\n` },
    });
    expect(edited.ok && [...edited.value.refused.keys()]).toEqual(['dev']);
  });
});

test('a file that cannot be understood is left alone as a whole', () => {
  expect(edit('[dev]\nk : v\n')).toBe('line 2: "no-equals"');
});

test.each([
  ['a]\n[b', 'a line break'],
  ['', 'it is empty'],
  ['a b', 'a space'],
  ['DEFAULT', 'settings of all profiles'],
  ['__proto__', 'does not read it'],
])('no profile can be called %j', (name, reason) => {
  expect(edit('', { name })).toContain(reason);
});

test.each(['a\nb', 'a\r', ' a', 'a ', 'a #b', 'a;b', '', 'a\0', '[a]', 'caf\u00e9', '"a"'])(
  'no value can be %j',
  (value) => {
    const write = profile('dev');
    write.credentials = { ...write.credentials, sessionToken: value };
    const edited = editProfiles('F', '[b]\n', [{ name: 'dev', write }]);
    expect(edited).toMatchObject({ ok: true, value: { content: '[b]\n' } });
    const refusal = edited.ok ? edited.value.refused.get('dev') : undefined;
    expect(refusal?.code).toBe('profile-value-invalid');
    if (value.length > 2) expect(said(refusal)).not.toContain(value);
  },
);

describe('taking a profile away', () => {
  const remove = (content: string, replace = false) => {
    const edited = editProfiles('F', content, [{ name: 'dev', replace }]);
    return edited.ok
      ? (messageOf(edited.value.refused.get('dev')) ?? edited.value.content)
      : JSON.stringify(edited);
  };

  test('undoes what writing it did', () => {
    for (const content of ['', '[a]\nk = 1\n', '# c\r\n[a]\r\n']) expect(remove(edit(content))).toBe(content);
  });

  test('leaves the section while there is something else in it', () => {
    expect(remove(`[dev]\nregion = x\n${written}\n# c\n[b]\n`)).toBe('[dev]\nregion = x\n# c\n[b]\n');
  });

  test('keeps comments', () => {
    expect(remove(`[a]\n\n[dev]\n# c\n${written}\n\n# b\n[b]\n`)).toBe('[a]\n# c\n\n# b\n[b]\n');
  });

  test('asks before it takes long-lived keys', () => {
    const content = '[a]\n[dev]\naws_access_key_id = AKIAX\ncredential_process = x\n';
    expect(remove(content)).toContain('a long-lived access key, credential_process');
    expect(remove(content, true)).toBe('[a]\n');
  });
});

describe('a profile with credentials of another account', () => {
  const theirs = `[dev]\n${written.replaceAll('123456789012', '999988887777')}\n`;

  test('stays as it is, and both accounts are named', () => {
    const refusal =
      'The profile dev holds credentials of account 999988887777; these are of account 123456789012.';
    expect(edit(theirs)).toBe(refusal);
    expect(edit(theirs, { replace: true })).toBe(refusal);
  });

  test('is written when the user lets it be taken over', () => {
    expect(edit(theirs, { takeOver: true })).toBe(`[dev]\n${written}\n`);
  });

  test('is written with credentials of which nobody knows the account', () => {
    const write = { ...profile('dev'), principalArn: 'unknown' };
    const edited = editProfiles('F', theirs, [{ name: 'dev', write }]);
    expect(edited.ok && edited.value.content).toContain('x_principal_arn = unknown\n');
  });

  test('is told by the principal alone: without one the profile is nobody’s in particular', () => {
    expect(edit(theirs.replace(/x_principal_arn.*\n/, ''))).toBe(`[dev]\n${written}\n`);
  });
});
