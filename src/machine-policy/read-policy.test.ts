import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { said } from '../../test/fixtures/said.ts';
import { type Machine, readMachinePolicy, thisMachine } from './read-policy.ts';

const me = process.getuid?.() ?? 0;

let root: string;
let machine: Machine;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'roleferry-'));
  mkdirSync(join(root, 'roleferry'), { mode: 0o755 });
  const policyFile = join(root, 'roleferry', 'policy.json');
  machine = { policyFile, administrator: me, logger: undefined, logSocket: undefined };
});
afterEach(() => rmSync(root, { recursive: true }));

const put = (content: string | Uint8Array, mode = 0o644) => {
  writeFileSync(machine.policyFile, content);
  chmodSync(machine.policyFile, mode);
};
const reason = (of = machine) => {
  const read = readMachinePolicy(of);
  return read.ok
    ? read.value
    : `${read.failure.code}: ${/cannot be used: (.*)\. So no/.exec(said(read))?.[1]}`;
};
const refused = (why: string) => expect(reason()).toMatch(new RegExp(`^machine-policy-invalid: ${why}`));

describe('the policy file of a machine', () => {
  it('is read', () => {
    put('{"allowedAccounts":["111122223333"]}');
    expect(reason()).toEqual({ allowedAccounts: ['111122223333'] });
  });

  it('is read with the byte order mark that editors on Windows write', () => {
    put('\ufeff{}');
    expect(reason()).toEqual({});
  });

  it('is read as large as a mebibyte', () => {
    put(`{}${' '.repeat(1024 * 1024 - 2)}`);
    expect(reason()).toEqual({});
  });

  it('is read whoever wrote it on a system that does not tell', () => {
    put('{}', 0o666);
    expect(reason({ ...machine, administrator: undefined })).toEqual({});
  });

  it('with a name that no file can have is refused with the system’s reason', () => {
    const policyFile = join(root, 'roleferry', 'x'.repeat(300));
    expect(reason({ ...machine, policyFile })).toMatch('its name is too long');
  });

  it('with a thousand unknown entries is refused in few words', () => {
    put(JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`entry${at}`, at]))));
    expect(String(reason()).length).toBeLessThan(700);
  });

  it.skipIf(process.platform !== 'linux')('is open no longer than it is read', () => {
    const open = () => readdirSync('/proc/self/fd').length;
    const before = open();
    for (const content of ['{}', 'nonsense', '[]']) {
      put(content);
      reason();
    }
    expect(open()).toBe(before);
  });

  it('may be missing, and its folder too', () => {
    expect(reason()).toBeUndefined();
    rmSync(join(root, 'roleferry'), { recursive: true });
    expect(reason()).toBeUndefined();
  });

  it('of another user is refused', () => {
    put('{}');
    expect(reason({ ...machine, administrator: me + 1 })).toMatch(
      `machine-policy-invalid: it belongs to the user ${me}, not to the administrator`,
    );
  });

  it.skipIf(me !== 0)('in a folder of another user is refused', () => {
    put('{}');
    execFileSync('chown', ['65534', join(root, 'roleferry')]);
    refused('its folder belongs to the user 65534');
  });

  it.each([0o664, 0o646, 0o666, 0o622])('that others may change (mode %o) is refused', (mode) => {
    put('{}', mode);
    refused('it can be changed by others than its owner');
  });

  it.each([0o777, 0o1777, 0o775])('in a folder that others may change (mode %o) is refused', (mode) => {
    put('{}');
    chmodSync(join(root, 'roleferry'), mode);
    refused('its folder can be changed by others than its owner');
  });

  it('that is a link is refused, wherever that leads', () => {
    writeFileSync(join(root, 'elsewhere'), '{}');
    symlinkSync(join(root, 'elsewhere'), machine.policyFile);
    refused('it is a link');
    rmSync(join(root, 'elsewhere'));
    refused('it is a link');
  });

  it('in a folder that is a link or a file is refused', () => {
    const folder = join(root, 'roleferry');
    rmSync(folder, { recursive: true });
    symlinkSync(root, folder);
    refused('its folder is a link or a file');
    rmSync(folder);
    writeFileSync(folder, '');
    refused('its folder is a link or a file');
  });

  it('that is a folder or a pipe is refused at once', () => {
    mkdirSync(machine.policyFile);
    refused('it is (not a file|a folder)');
    rmSync(machine.policyFile, { recursive: true });
    execFileSync('mkfifo', [machine.policyFile]);
    refused('it is not a file');
  });

  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'it is not JSON'],
    ['half of it', '{"allowedAccounts":["1111', 'it is not JSON'],
    ['a comment', '{} // none', 'it is not JSON'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'it is not UTF-8'],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), 'it is not UTF-8'],
    ['a list', '[]', 'it is not an object'],
    ['null', 'null', 'it is not an object'],
    ['an entry of another name', '{"allowedAccount":["111122223333"]}', '.*: allowedAccount'],
    ['an account that is a number', '{"allowedAccounts":[111122223333]}', '.*: allowedAccounts.0'],
    ['a session of a second', '{"maxSessionDuration":1}', '.*: maxSessionDuration'],
    ['an audit file that is no path', '{"audit":{"file":"audit.log"}}', '.*: audit.file'],
    ['an entry of audit that is unknown', '{"audit":{"syslog":true}}', '.*: audit.syslog'],
    ['less than it requires', '{"required":["allowedAccounts"]}', '.*: allowedAccounts'],
    ['a key of every object', '{"__proto__":{}}', '.*: __proto__'],
    ['more than a mebibyte', `{}${' '.repeat(1024 * 1024)}`, 'it is larger than 1 MiB'],
  ])('that holds %s is refused, and says so', (_, content, why) => {
    put(content);
    const read = readMachinePolicy(machine);
    expect(read.ok).toBe(false);
    expect(String(reason())).toMatch(new RegExp(`^machine-policy-invalid: ${why}`));
    expect(said(read).length).toBeLessThan(4096);
  });

  it('is in one place for all users, which no variable of the environment changes', () => {
    process.env.ProgramData = '/tmp';
    process.env.SystemDrive = 'X:';
    const unix = { administrator: 0, logger: '/usr/bin/logger' };
    const linux = { ...unix, policyFile: '/etc/roleferry/policy.json', logSocket: '/dev/log' };
    expect(thisMachine('linux')).toEqual(linux);
    expect(thisMachine('freebsd')).toEqual(linux);
    expect(thisMachine('darwin')).toEqual({
      ...unix,
      policyFile: '/Library/Application Support/roleferry/policy.json',
    });
    expect(thisMachine('win32')).toEqual({ policyFile: 'C:\\ProgramData\\roleferry\\policy.json' });
  });
});
