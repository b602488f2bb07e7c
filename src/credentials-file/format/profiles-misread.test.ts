import { describe, expect, test } from 'vitest';
import { type Reading, readAsAwsTools } from './aws-readers.ts';
import { lineInDispute, profilesMisread } from './profiles-misread.ts';

type Sections = Record<string, Record<string, string>>;

const reading = (sections: Sections): Reading => ({
  sections: new Map(Object.entries(sections).map(([name, keys]) => [name, new Map(Object.entries(keys))])),
  lines: [],
});
const alike = (sections: Sections) => ({
  botocore: reading(sections),
  javascript: reading(sections),
  others: reading(sections),
});

const write = {
  name: 'dev',
  credentials: {
    accessKeyId: 'ASIAX',
    secretAccessKey: 's',
    sessionToken: 't',
    expiration: '2030-01-01T00:00:00Z',
  },
  principalArn: 'arn:aws:sts::111122223333:assumed-role/Dev/jo',
};
const written = {
  aws_access_key_id: 'ASIAX',
  aws_secret_access_key: 's',
  aws_session_token: 't',
  x_security_token_expires: '2030-01-01T00:00:00Z',
  x_principal_arn: 'arn:aws:sts::111122223333:assumed-role/Dev/jo',
};

/** The profiles that are misread when `dev` and `b` are written, and only botocore reads `after` differently. */
function misread(before: Sections, after: Sections, onlyBotocore: Sections = after): string[] {
  const readings = { ...alike(after), botocore: reading(onlyBotocore) };
  const wanted = new Map(['dev', 'b'].map((name) => [name, { name, write: { ...write, name } }]));
  return profilesMisread(alike(before), readings, wanted);
}

const both = { dev: written, b: written };

describe('profiles that are written', () => {
  test('are read as meant where every tool reads the new values', () => {
    expect(misread({}, both)).toEqual([]);
    expect(
      misread(
        { dev: { region: 'x', role_arn: 'r' }, a: { k: '1' } },
        { ...both, dev: { region: 'x', ...written }, a: { k: '1' } },
      ),
    ).toEqual([]);
  });

  test.each<[string, Sections]>([
    ['another value', { ...both, dev: { ...written, aws_session_token: 'old' } }],
    ['no value', { ...both, dev: { ...written, x_principal_arn: '' } }],
    ['no section', { b: written }],
    ['another source of credentials', { ...both, dev: { ...written, role_arn: 'r' } }],
    ['another token under its old name', { ...both, dev: { ...written, aws_security_token: 'old' } }],
    ['another account', { ...both, dev: { ...written, aws_account_id: '999988887777' } }],
  ])('are misread where one tool reads %s', (_, onlyBotocore) => {
    expect(misread({}, both, onlyBotocore)).toEqual(['dev']);
  });

  test('are read as meant with their own account, and their token under its old name', () => {
    const dev = { ...written, aws_account_id: '111122223333', aws_security_token: 't' };
    expect(misread({}, { ...both, dev })).toEqual([]);
  });

  test('may have an account that nobody can compare with theirs', () => {
    const principalArn = 'unknown';
    const dev = { ...written, x_principal_arn: principalArn, aws_account_id: '999988887777' };
    const wanted = new Map([['dev', { name: 'dev', write: { ...write, principalArn } }]]);
    expect(profilesMisread(alike({}), alike({ dev }), wanted)).toEqual([]);
  });

  test('inherit from [DEFAULT] what would win over the new values, for botocore alone', () => {
    const source = { DEFAULT: { role_arn: 'r' } };
    expect(misread(source, { ...both, ...source }).sort()).toEqual(['b', 'dev']);
    const wanted = new Map([['dev', { name: 'dev', write }]]);
    const { botocore: _, ...rest } = alike({ ...source, dev: written });
    expect(profilesMisread(alike(source), { ...rest, botocore: undefined }, wanted)).toEqual([]);
  });

  test('are all misread where another section loses or gets anything', () => {
    const a = { k: '1', l: '2' };
    for (const now of [{ k: '1' }, { ...a, m: '3' }, { k: '1', l: '3' }, { k: '1', m: '2' }, {}]) {
      expect(misread({ a }, { ...both, a: now })).toEqual(['dev', 'b']);
    }
    expect(misread({ a }, both)).toEqual(['dev', 'b']);
    expect(misread({}, { ...both, a })).toEqual(['dev', 'b']);
    expect(misread({ a: {} }, both)).toEqual(['dev', 'b']);
    expect(misread({}, { ...both, a: {} })).toEqual(['dev', 'b']);
  });

  test('are misread where their section loses or gets a setting that is not ours', () => {
    expect(misread({ dev: { region: 'x' } }, both)).toEqual(['dev']);
    expect(misread({}, { ...both, dev: { ...written, region: 'x' } })).toEqual(['dev']);
    expect(misread({ dev: { region: 'x' } }, { ...both, dev: { ...written, region: 'y' } })).toEqual(['dev']);
  });

  test('may lose what stands in any spelling for their old credentials', () => {
    const dev = { AWS_ACCESS_KEY_ID: 'ASIAOLD', AWS_ACCOUNT_ID: '1', Role_Arn: 'r' };
    expect(misread({ dev }, both)).toEqual([]);
  });

  test('may have a section padded with blanks, which is another to some tools, in step', () => {
    const padded = { ' dev ': { aws_session_token: 'old', region: 'x' } };
    expect(misread(padded, { ...both, ' dev ': { aws_session_token: 't', region: 'x' } })).toEqual([]);
    expect(misread(padded, { ...both, ' dev ': { aws_session_token: 't' } })).toEqual(['dev']);
  });

  test('are not compared for a tool that read nothing before, and judged for it all the same', () => {
    const wanted = new Map([['dev', { name: 'dev', write }]]);
    const before = { ...alike({}), botocore: undefined };
    const judge = (onlyBotocore: Sections) =>
      profilesMisread(before, { ...alike({ dev: written }), botocore: reading(onlyBotocore) }, wanted);
    expect(judge({ a: { k: '1' }, dev: written })).toEqual([]);
    expect(judge({ a: { k: '1' } })).toEqual(['dev']);
  });
});

describe('profiles that are taken away', () => {
  const wanted = new Map([['dev', { name: 'dev' }]]);
  const remove = (after: Sections) =>
    profilesMisread(alike({ dev: { ...written, region: 'x' } }), alike(after), wanted);

  test('leave the settings that are not ours', () => {
    expect(remove({ dev: { region: 'x' } })).toEqual([]);
    expect(remove({ dev: {} })).toEqual(['dev']);
    expect(remove({})).toEqual(['dev']);
    expect(profilesMisread(alike({ dev: written }), alike({}), wanted)).toEqual([]);
  });

  test('leave none of our keys', () => {
    expect(remove({ dev: { region: 'x', aws_session_token: 't' } })).toEqual(['dev']);
  });
});

describe('the line in dispute', () => {
  const dispute = (content: string) => lineInDispute(readAsAwsTools(content), 'dev');

  test.each([
    ['[dev]\naws_session_token = t\n', undefined],
    ['[a]\nk: v\n[dev]\nk: v =\n', undefined],
    ['[a]\n[ dev ]\nk = 1\n', 2],
    ['[dev]\n# c\naws_session_token: t =\n', 3],
    ['[dev]\nk = 1\n  role_arn = r\n', 3],
  ])('of %j is %s', (content, line) => {
    expect(dispute(content)).toBe(line);
  });
});
