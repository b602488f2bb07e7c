import { describe, expect, it } from 'vitest';
import { browsers } from './browsers.ts';
import { targetForAllUsers } from './for-all-users.ts';

const of = (id: string) => {
  const browser = browsers.find((one) => one.id === id);
  if (browser === undefined) throw new Error(id);
  return browser;
};

describe('a host that is installed for all users', () => {
  it.each([
    ['chromium', 'linux', '/etc/chromium/native-messaging-hosts/roleferry.json'],
    ['firefox', 'linux', '/usr/lib/mozilla/native-messaging-hosts/roleferry.json'],
    ['edge', 'darwin', '/Library/Microsoft/Edge/NativeMessagingHosts/roleferry.json'],
  ] as const)('is found where %s looks on %s', async (id, platform, manifest) => {
    const look = { exists: (path: string) => path === manifest, registered: async () => undefined };
    const found = await targetForAllUsers(of(id), { platform, env: {}, home: '/home/ann' }, look);
    expect(found).toMatchObject({ manifest, isForAllUsers: true });
  });

  it('is found on Windows where the key of the machine leads', async () => {
    const manifest = 'C:\\Program Files\\roleferry\\roleferry.json';
    const key = 'HKLM\\Software\\Google\\Chrome\\NativeMessagingHosts\\roleferry';
    const registered = async (asked: string) => (asked === key ? manifest : undefined);
    const windows = { platform: 'win32', env: {}, home: 'C:\\Users\\ann' } as const;
    const look = { exists: (path: string) => path === manifest, registered };
    expect(await targetForAllUsers(of('chrome'), windows, look)).toMatchObject({ manifest });
    expect(await targetForAllUsers(of('firefox'), windows, look)).toBeUndefined();
  });

  it('is not made up for a browser without such a place', async () => {
    const look = { exists: () => true, registered: async () => 'x' };
    expect(
      await targetForAllUsers(of('vivaldi'), { platform: 'linux', env: {}, home: '/home/ann' }, look),
    ).toBeUndefined();
  });
});
