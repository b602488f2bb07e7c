import { describe, expect, it } from 'vitest';
import { adminRole, aLogin, readySession } from '../../../test/fixtures/login.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { linkOffer } from './link-offer.ts';

const adfs = 'http://adfs.corp.example/adfs/services/trust';
const link = 'https://adfs.corp.example/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=urn%3Aamazon%3Awebservices';

const loginOf = (issuer: string, profile?: string) =>
  aLogin({
    issuer,
    sessions: [readySession(profile === undefined ? {} : { delivery: { step: 'written', profile } })],
  });
const settings = (signInLinks: Settings['signInLinks'] = {}) => ({ signInLinks }) as Settings;
const boundTo = (issuer: string) => [{ issuer, ...adminRole, profile: 'dev' }];

describe('the sign-in link that is offered', () => {
  it('comes with the first save, filled in where the entity id tells it', () => {
    expect(linkOffer([loginOf(adfs, 'dev')], boundTo(adfs), settings(), [])).toEqual({
      linkOffer: { issuer: adfs, link },
    });
    const okta = 'http://www.okta.com/exk1';
    expect(linkOffer([loginOf(okta, 'dev')], boundTo(okta), settings(), [])).toEqual({
      linkOffer: { issuer: okta, link: '' },
    });
  });

  it('comes with on-demand profiles too, of which nothing was written yet', () => {
    const made = boundTo(adfs).map((one) => ({ ...one, onDemand: true as const }));
    expect(linkOffer([loginOf(adfs)], made, settings(), [])).toEqual({ linkOffer: { issuer: adfs, link } });
    const ofAnother = made.map((one) => ({ ...one, roleArn: 'arn:aws:iam::444455556666:role/Other' }));
    expect(linkOffer([loginOf(adfs)], ofAnother, settings(), [])).toEqual({});
  });

  it.each([
    ['there is one', [loginOf(adfs, 'dev')], boundTo(adfs), settings({ [adfs]: 'https://x.example/' }), []],
    ['the user declined it', [loginOf(adfs, 'dev')], boundTo(adfs), settings(), [adfs]],
    ['nothing was saved yet', [loginOf(adfs)], boundTo(adfs), settings(), []],
    ['a stranger’s login has no profile', [loginOf(adfs)], [], settings(), []],
    [
      'its entity id cannot be shown as it is',
      [loginOf(`${adfs}\u202e`, 'dev')],
      boundTo(`${adfs}\u202e`),
      settings(),
      [],
    ],
    ['there is no login', [], boundTo(adfs), settings(), []],
  ])('is not offered where %s', (_, logins, bindings, chosen, declined) => {
    expect(linkOffer(logins, bindings, chosen, declined)).toEqual({});
  });
});
