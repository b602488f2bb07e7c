import { describe, expect, it } from 'vitest';
import { chromiumExtensionId, firefoxExtensionId } from '../../core/product.ts';
import { whichProgram } from './which-program.ts';

const origin = `chrome-extension://${chromiumExtensionId}/`;

describe('the single executable is', () => {
  it.each([
    ['Chromium', [origin]],
    ['Chromium on Windows', [origin, '--parent-window=0']],
    ['Firefox', ['/home/ann/.mozilla/native-messaging-hosts/roleferry.json', firefoxExtensionId]],
  ])('the host for %s', (_, args) => {
    expect(whichProgram('/home/ann/.local/share/roleferry/roleferry.bin', args)).toEqual({
      file: 'native-host.cjs',
      args,
    });
  });

  it.each([[['--profile', 'dev']], [['--profile', 'dev', '--login']]])(
    'what AWS tools run, by the line that configure-process writes: %j',
    (options) => {
      const args = ['credential-process', ...options];
      expect(whichProgram('roleferry', args)).toEqual({ file: 'credential-process.cjs', args });
    },
  );

  it.each([
    [[]],
    [['install']],
    [['credential-process', '--help']],
    [['credential-process', '--profile', 'dev', '--other']],
    [['inspect', 'broker']],
    [['/tmp/a.json', 'dev']],
    [['__proto__']],
    [['toString']],
  ])('the command line for a user who types %j', (args) => {
    expect(whichProgram('./roleferry', args)).toEqual({ file: 'roleferry.cjs', args });
  });

  it.each([
    ['roleferry-broker', ['--config', 'a'], 'broker.cjs', ['--config', 'a']],
    ['C:\\Tools\\ROLEFERRY.EXE', ['broker', 'check', 'a'], 'broker.cjs', ['check', 'a']],
    ['/usr/bin/aws_role_credentials', ['saml'], 'aws_role_credentials.cjs', ['saml']],
    ['roleferry', ['aws_role_credentials', 'saml'], 'aws_role_credentials.cjs', ['saml']],
    ['/usr/lib/roleferry/roleferry-host', [], 'native-host.cjs', []],
  ])('another program by the name %s or by its first argument: %j', (calledAs, args, file, rest) => {
    expect(whichProgram(calledAs, args)).toEqual({ file, args: rest });
  });
});
