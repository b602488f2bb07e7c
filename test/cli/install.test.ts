import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliForTest } from '../fixtures/cli.ts';

const cli = cliForTest();

describe('roleferry install', () => {
  it('tells what it wrote before it failed, and how to take that away', () => {
    cli.put('.config/google-chrome/NativeMessagingHosts', 'a file');
    const host = join(cli.home, '.local/share/roleferry/native-host.cjs');
    const { status, stdout, stderr } = cli.run('install', '--browser', 'chrome');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`wrote ${host} (the host itself)\n`);
    expect(stderr).toMatch(
      /\nroleferry: .+ cannot be written: .+\nhint: .+\nto undo: roleferry uninstall\n$/,
    );
    expect(existsSync(host)).toBe(true);
    expect(cli.run('uninstall')).toMatchObject({ status: 0 });
    expect(existsSync(host)).toBe(false);
  });

  it('says nothing of what it wrote when it has written nothing', () => {
    const { stderr } = cli.run('install', '--browser', 'firefox', '--user-data-dir', 'data');
    expect(stderr).toMatch(/^roleferry: .+\nhint: .+\n$/);
  });

  it.each([
    ['.', 'It is a folder.'],
    ['/dev/null', 'It is not a file.'],
  ])('takes %s for no credentials file, and installs nothing', (file, words) => {
    const { status, stdout, stderr } = cli.look('install', '--browser', 'chrome', '--credentials-file', file);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^roleferry: .+\nhint: see roleferry install --help\n$/);
    expect(stderr).toContain(words);
  });

  it('takes a credentials file that is not there yet', () => {
    const install = ['install', '--browser', 'chrome', '--credentials-file', 'new'];
    expect(cli.run(...install)).toMatchObject({ status: 0 });
  });

  it('says that it made the user data folder, the first time only', () => {
    const said = () => cli.run('install', '--user-data-dir', 'data').stderr;
    expect(said()).toContain(`${join(cli.home, 'data')} did not exist and was created`);
    expect(said()).not.toContain('was not there');
  });
});
