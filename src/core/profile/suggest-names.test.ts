import { describe, expect, it } from 'vitest';
import { onDemandNameFailure } from './on-demand-name.ts';
import { fillNames, suggestNames, takenNames } from './suggest-names.ts';

const role = (name: string, account = '111122223333', provider = 'Okta') => ({
  roleArn: `arn:aws:iam::${account}:role/${name}`,
  providerArn: `arn:aws:iam::${account}:saml-provider/${provider}`,
});

const naming = (more: { template?: string; taken?: string[]; names?: Record<string, string> } = {}) => ({
  template: more.template ?? '{role}',
  taken: new Set(more.taken),
  accounts: Object.fromEntries(Object.entries(more.names ?? {}).map(([id, name]) => [id, { name }])),
});

const suggest = (name: string, more: Parameters<typeof naming>[0] = {}) =>
  suggestNames([role(name)], naming(more)).names[0] ?? '';

describe('the name that is suggested for the profile of a role', () => {
  it('is that of the role in small letters', () => {
    expect(suggest('Developer')).toBe('developer');
    expect(suggest('team/blue/Power_User')).toBe('power_user');
  });

  it('is made by the template', () => {
    expect(suggest('Admin', { template: '{account}-{role}' })).toBe('111122223333-admin');
    expect(suggest('Admin', { template: '{provider}-{role}' })).toBe('okta-admin');
    expect(suggest('Admin', { template: '{partition}/{role}/{nonsense}' })).toBe('aws-admin-nonsense-');
    const shop = { '111122223333': 'Shop (Prod)' };
    expect(suggest('Admin', { template: '{accountName}/{role}', names: shop })).toBe('shop-prod-admin');
  });

  it('has the number of an account that has no name', () => {
    expect(suggest('Admin', { template: '{accountName}-{role}' })).toBe('111122223333-admin');
    expect(suggest('Admin', { template: '{accountName}-{role}', names: { '111122223333': '' } })).toBe(
      '111122223333-admin',
    );
  });

  it('has the number of an account of whose name no letter or digit is left', () => {
    const of = (name: string) =>
      suggest('Admin', { template: '{accountName}-{role}', names: { '111122223333': name } });
    expect(of('本番')).toBe('111122223333-admin');
    expect(of('Größe')).toBe('grosse-admin');
  });

  it('never begins with a hyphen', () => {
    expect(suggest('@ops')).toBe('ops');
    expect(suggest('+x', { template: '--{role}' })).toBe('x');
    expect(fillNames([role('=x')], naming({ template: '{role}' }))).toEqual(['x']);
  });

  it('is never the one that every tool takes', () => {
    expect(suggest('Default')).toBe('default-111122223333');
  });

  it('names the account when another has that name', () => {
    expect(suggest('Admin', { taken: ['admin'] })).toBe('admin-111122223333');
    expect(suggest('Admin', { taken: ['admin'], names: { '111122223333': 'shop' } })).toBe('admin-shop');
    expect(suggest('Admin', { taken: ['administrator'] })).toBe('admin');
  });

  it.each(['Admin+Read', 'a=b,c@d.e', 'A'.repeat(64), '=', '-'])(
    'can be used as it stands for a role that is called %s',
    (name) => {
      const suggested = suggest(name);
      expect(onDemandNameFailure(suggested)).toBeUndefined();
      expect(onDemandNameFailure(suggest(name, { taken: [suggested] }))).toBeUndefined();
    },
  );

  it('is none for what is no role', () => {
    const none = { roleArn: 'arn:x', providerArn: '' };
    expect(suggestNames([none], naming()).names).toEqual(['']);
    expect(fillNames([none], naming())).toEqual(['']);
  });

  it('is none where the template makes it too long for a profile', () => {
    expect(suggest('Admin', { template: `${'x'.repeat(128)}{role}` })).toBe('');
  });
});

describe('the names that are suggested for several roles', () => {
  const accounts = ['111122223333', '444455556666', '777788889999'];
  const twice = accounts.flatMap((account) => [role('Admin', account), role('ReadOnly', account)]);

  it('are those of the roles while these differ', () => {
    expect(suggestNames([role('Admin'), role('ReadOnly')], naming())).toEqual({
      template: '{role}',
      names: ['admin', 'readonly'],
    });
  });

  it('all have the account behind them where two roles are called the same', () => {
    const { template, names } = suggestNames(twice, naming({ names: { '111122223333': 'shop' } }));
    expect(template).toBe('{role}-{accountName}');
    expect(names).toEqual([
      'admin-shop',
      'readonly-shop',
      'admin-444455556666',
      'readonly-444455556666',
      'admin-777788889999',
      'readonly-777788889999',
    ]);
  });

  it('have the number where two accounts have one name', () => {
    const same = Object.fromEntries(accounts.map((account) => [account, 'prod']));
    const { template, names } = suggestNames(twice, naming({ names: same }));
    expect(template).toBe('{role}-{account}');
    expect(new Set(names).size).toBe(6);
  });

  it('follow the template where another profile has one of them, which alone becomes longer', () => {
    const { template, names } = suggestNames(
      twice,
      naming({ template: '{account}-{role}', taken: ['111122223333-admin'] }),
    );
    expect(template).toBe('{account}-{role}');
    expect(names.slice(0, 3)).toEqual([
      '111122223333-admin-okta',
      '111122223333-readonly',
      '444455556666-admin',
    ]);
  });

  it('take no name that the template gives to another one of them', () => {
    const shop = { '111122223333': 'shop' };
    const { names } = suggestNames(
      [role('Admin'), role('Admin-Shop')],
      naming({ taken: ['admin'], names: shop }),
    );
    expect(names).toEqual(['admin-111122223333', 'admin-shop']);
  });

  it('tell two providers of one role apart', () => {
    const { names } = suggestNames([role('Admin'), role('Admin', accounts[0], 'Entra')], naming());
    expect(names).toEqual(['admin-111122223333-okta', 'admin-111122223333-entra']);
  });

  it('name no part twice that the template has already', () => {
    const twoProviders = [role('Admin'), role('Admin', accounts[0], 'Entra')];
    const { template } = suggestNames(twoProviders, naming({ template: '{account}-{role}' }));
    expect(template).toBe('{account}-{role}-{provider}');
  });

  it('are counted where two roles differ by their paths alone', () => {
    const { names } = suggestNames([role('blue/Admin'), role('red/Admin')], naming());
    expect(names).toEqual(['admin-111122223333-okta', 'admin-111122223333-okta-2']);
  });

  it('stay short but for the one that is taken', () => {
    const { names } = suggestNames([role('Admin'), role('ReadOnly')], naming({ taken: ['admin'] }));
    expect(names).toEqual(['admin-111122223333', 'readonly']);
  });

  it('are all different for 240 roles with six names in forty accounts', () => {
    const many = Array.from({ length: 40 }, (_, a) =>
      ['Admin', 'Billing', 'Dev', 'Ops', 'ReadOnly', 'Audit'].map((name) =>
        role(name, String(100_000_000_000 + a)),
      ),
    ).flat();
    const { names } = suggestNames(many, naming());
    expect(new Set(names).size).toBe(240);
    expect(names.every((name) => onDemandNameFailure(name) === undefined)).toBe(true);
  });

  it('are all different where each name of the rule is taken', () => {
    const taken = ['admin', 'admin-111122223333', 'admin-111122223333-okta', 'admin-111122223333-okta-2'];
    expect(suggest('Admin', { taken })).toBe('admin-111122223333-okta-3');
  });
});

describe('the names that are taken', () => {
  it('are those of bindings, of second roles and of the profiles in the files', () => {
    const taken = takenNames({
      bindings: [{ profile: 'dev' }, { profile: 'prod' }],
      chains: [{ profile: 'deploy' }],
      profiles: [{ name: 'dev' }, { name: 'mine' }],
      configProfiles: [{ name: 'mine' }, { name: 'portal' }],
    });
    expect([...taken]).toEqual(['dev', 'prod', 'deploy', 'mine', 'portal']);
  });
});
