import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chromiumExtensionId, firefoxExtensionId } from '../../core/product.ts';
import { hostFiles, manifestText, wrapperText } from './host-files.ts';
import type { Surroundings } from './places.ts';

const linux: Surroundings = { platform: 'linux', env: {}, home: '/home/ann' };
const windows: Surroundings = {
  platform: 'win32',
  env: { LOCALAPPDATA: 'D:\\Local' },
  home: 'C:\\Users\\ann',
};

describe('the wrapper', () => {
  it.runIf(process.platform !== 'win32')(
    'starts the host whatever is in the names of folders, passes its arguments on and drops NODE_OPTIONS',
    () => {
      const home = mkdtempSync(join(tmpdir(), `it's "$HOME" & \`x\` `));
      try {
        const surroundings = { ...linux, home };
        const { folder, host, wrapper } = hostFiles(surroundings);
        const node = join(home, 'no de');
        symlinkSync(process.execPath, node);
        mkdirSync(folder, { recursive: true });
        writeFileSync(host, 'console.log(JSON.stringify(process.argv.slice(2)))');
        writeFileSync(wrapper, wrapperText(surroundings, node), { mode: 0o755 });
        const args = ['a b', '', '$HOME', "'"];
        const env = { PATH: '', NODE_OPTIONS: '--require /nowhere.js' };
        expect(JSON.parse(execFileSync(wrapper, args, { env, encoding: 'utf8' }))).toEqual(args);
      } finally {
        rmSync(home, { recursive: true });
      }
    },
  );

  it('is a batch file on Windows, in which percent signs are no variables', () => {
    expect(wrapperText(windows, 'C:\\50%off\\node.exe').split('\r\n')).toEqual([
      '@echo off',
      'set NODE_OPTIONS=',
      '"C:\\50%%off\\node.exe" "%~dp0native-host.mjs" %*',
      '',
    ]);
    expect(hostFiles(windows).wrapper).toBe('D:\\Local\\roleferry\\roleferry-host.bat');
  });
});

describe('the host manifest', () => {
  const mine = 'abcdefghijklmnopabcdefghijklmnop';

  it('names the wrapper and the origins that Chromium lets in', () => {
    expect(JSON.parse(manifestText('chromium', linux, [mine, 'mine@example.org']))).toEqual({
      name: 'roleferry',
      description: expect.any(String),
      path: '/home/ann/.local/share/roleferry/roleferry-host',
      type: 'stdio',
      allowed_origins: [`chrome-extension://${chromiumExtensionId}/`, `chrome-extension://${mine}/`],
    });
  });

  it('names the extensions that Firefox lets in', () => {
    expect(JSON.parse(manifestText('firefox', linux, [mine, 'mine@example.org']))).toMatchObject({
      allowed_extensions: [firefoxExtensionId, 'mine@example.org'],
    });
  });
});
