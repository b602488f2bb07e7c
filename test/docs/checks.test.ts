import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandProblems } from './command-problem.ts';
import { documents } from './documents.ts';
import { brokenLinks } from './links.ts';
import { parseDocument } from './markdown.ts';
import { unmarked, withRealOutput } from './play.ts';
import { unsaid } from './screen-texts.ts';
import { splitCommands } from './split-commands.ts';
import type { Stage } from './stage.ts';

const written = (text: string) => parseDocument('docs/example.md', text);
const block = (info: string, text: string) => written(`\`\`\`${info}\n${text}\n\`\`\`\n`);

describe('the check of links', () => {
  it.each([
    ['a file that is not there', '[a](nowhere.md)'],
    ['a heading that is not there', '[a](cli.md#nowhere)'],
    ['a heading that is not in this document', '# One\n[a](#two)'],
    ['a file outside the repository', '[a](../../etc/passwd)'],
    ['a picture that is not there', '<img src="screenshots/nothing.png">'],
    ['an address without https', '[a](http://example.com/)'],
    ['an address with a password', '[a](https://me:secret@example.com/)'],
    ['an address of one machine', '[a](https://localhost/x)'],
    ['an address with the end of a sentence', '<https://example.com/a.>'],
    ['no address', '[a](https://)'],
  ])('finds %s', (_, text) => {
    expect(brokenLinks(written(text), documents)).toHaveLength(1);
  });

  it('takes files, headings, also the second of a name, and addresses, and leaves code alone', () => {
    const text =
      '# A `b` [c](cli.md)\n# Same\n# Same\n[a](#a-b-c) [b](#same-1) [c](cli.md#network) [d](../src)';
    const more = '\n<https://example.com/> `[x](nowhere)`\n```\n[y](nowhere)\n```\n';
    expect(brokenLinks(written(text + more), documents)).toEqual([]);
  });
});

describe('the check of commands', () => {
  it.each([
    ['roleferry lst', "unknown command 'lst'"],
    ['roleferry list --jsn', "unknown option '--jsn'"],
    ['roleferry list dev old', "too many arguments for 'list'"],
    ['roleferry env dev --shell tcsh', "'tcsh' is invalid"],
    ['roleferry policy saml-trust', "'--provider-arn <arn>' not specified"],
    ['ls | roleferry saml --profil dev', "unknown option '--profil'"],
    ['eval "$(roleferry env dev --shel bash)"', "unknown option '--shel'"],
    ['X=1 npx roleferry instal', "unknown command 'instal'"],
    ['node dist/node/roleferry.cjs doctor --onlin', "unknown option '--onlin'"],
    ['aws_role_credentials saml --read-onl', "unknown option '--read-onl'"],
    ['roleferry-broker --confg x', "unknown option '--confg'"],
    ['npm run biuld', "no script 'biuld'"],
    ['npm start -- --brokr', "no option '--brokr'"],
    ['npm run dev --browser firefox', 'without --'],
    ['npm test -- src/nowhere', "no test in 'src/nowhere'"],
  ])('finds what is wrong with %s', async (command, problem) => {
    const typed = await commandProblems(block('sh not-run="…"', command));
    expect(typed.join()).toContain(problem);
    expect(await commandProblems(block('console', `$ ${command}\nroleferry lst`))).toEqual(typed);
  });

  it.each([
    'roleferry list --json | head -1',
    'roleferry exec dev -- terraform plan -out x   # no option of ours',
    'roleferry login NAME --timeout TIME',
    'git pull && npm run build && node dist/node/roleferry.cjs install',
    'npm start -- --browser firefox',
    'roleferry help policy',
    'terraform --anything',
  ])('takes %s', async (command) => {
    expect(await commandProblems(block('sh', command))).toEqual([]);
  });

  it('takes a part of a command in a sentence, and still looks at its words', async () => {
    expect(await commandProblems(written('`roleferry login` or `roleferry policy saml-trust`'))).toEqual([]);
    expect(await commandProblems(written('`roleferry login --ling`'))).toHaveLength(1);
  });

  it.each([
    [
      'a \'b c\' "d $(e f)" \\\n g',
      [
        ['e', 'f'],
        ['a', 'b c', 'd $()', 'g'],
      ],
    ],
    ['A=1 b > c 2>&1 | d < e; f & g # h | i', [['b'], ['d'], ['f'], ['g']]],
  ])('reads %j as a shell does', (text, commands) => {
    expect(splitCommands(text)).toEqual(commands);
  });
});

describe('the check of quotes', () => {
  it('finds what the product does not say', () => {
    expect(unsaid(written('“Copy as env vars” and “Copy as fish”'))).toEqual(['Copy as fish']);
  });

  it('takes … for what the product fills in', () => {
    expect(unsaid(written('“There is no home folder: …” “No such …”'))).toEqual(['No such …']);
  });
});

describe('blocks of commands', () => {
  it.each([
    ['', '$ roleferry list'],
    ['', 'roleferry list'],
    ['fish', 'ls'],
    ['sh not-run=""', 'ls'],
  ])('must be run or say why not: not as “%s”', (info, text) => {
    expect(unmarked(block(info, text))).toEqual([`${text}\n`]);
  });

  it.each([
    ['console', '$ ls'],
    ['powershell not-run="needs Windows"', 'dir'],
    ['json', '{}'],
    ['', 'https://example.com'],
  ])('may be as “%s”', (info, text) => {
    expect(unmarked(block(info, text))).toEqual([]);
  });
});

describe('what commands print', () => {
  let folder: string;
  let stage: Stage;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'roleferry-docs-'));
    const nothing = {
      shellEnvFor: () => '',
      homes: { empty: mkdtempSync(join(folder, 'empty-')) },
      programs: folder,
      places: {},
    };
    stage = { ...nothing, folder, close: async () => {} };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const played = (text: string) => withRealOutput(block('console home=empty', text), stage);

  it('takes the place of what was true once, and nothing else changes', async () => {
    const before = 'Before\n```console home=empty\n$ echo new\nold\n$ echo a; \\\n  echo b >&2\n```\nAfter\n';
    expect(await withRealOutput(written(before), stage)).toBe(
      'Before\n```console home=empty\n$ echo new\nnew\n$ echo a; \\\n  echo b >&2\na\nb\n```\nAfter\n',
    );
  });

  it('stays where only a time differs', async () => {
    const { text } = block(
      'console home=empty',
      '$ echo 12 min left, 2026-01-02T03:04:05Z\n3 h 4 min left, 2025-01-01T00:00:00Z',
    );
    expect(await withRealOutput(written(text), stage)).toBe(text);
  });

  it('shows no place of this machine and no key', async () => {
    const key = 'ASIA' + 'ABCDEFGHIJKLMNOP';
    expect(await played(`$ pwd; echo ${key}`)).toContain('\n/home/jo\nASIA…\n');
  });

  it('fails where a command of a block without output fails, with what it said', async () => {
    await expect(withRealOutput(block('sh home=empty', 'echo why >&2; false; true'), stage)).rejects.toThrow(
      'why',
    );
    await expect(withRealOutput(block('sh home=empty', 'false | true'), stage)).rejects.toThrow('fails');
  });

  it('goes on in a home, or begins with a new one', async () => {
    const two = (mark: string) =>
      withRealOutput(
        written(`\`\`\`sh home=empty\necho > here\n\`\`\`\n\`\`\`console home=${mark}\n$ ls\n\`\`\`\n`),
        stage,
      );
    expect(await two('same')).toContain('$ ls\ndist\nhere\n');
    expect(await two('empty')).toContain('$ ls\ndist\n```');
  });

  it('leaves alone what is marked as not run', async () => {
    const { text } = block('console not-run="a reason"', '$ false\nold');
    expect(await withRealOutput(written(text), stage)).toBe(text);
  });
});
