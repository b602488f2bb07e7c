import { describe, expect, it } from 'vitest';
import type { WebRequest } from 'webextension-polyfill';
import { capture, captureFilter } from './capture.ts';

type Details = WebRequest.OnBeforeRequestDetailsType;

const roleArn = 'arn:aws:iam::111122223333:role/a+b';

const post = (requestBody: unknown, url = 'https://signin.aws.amazon.com/saml', method = 'POST') =>
  capture({ method, url, requestBody } as unknown as Details);

const form = (fields: Record<string, string[]>) => ({ formData: fields });

const bytes = (text: string) => ({ bytes: new TextEncoder().encode(text).buffer });
const raw = (...parts: string[]) => ({ raw: parts.map(bytes) });

describe('the POST of a login', () => {
  it('is known by its form field', () => {
    expect(post(form({ SAMLResponse: ['PHNh+/=='], RelayState: [''] }))).toEqual({
      response: 'PHNh+/==',
      roleIndex: undefined,
      signInHost: 'signin.aws.amazon.com',
    });
  });

  it('tells which container of Firefox it came from', () => {
    const details = {
      method: 'POST',
      url: 'https://signin.aws.amazon.com/saml',
      requestBody: form({ SAMLResponse: ['PHNh'] }),
    };
    const seen = capture({ ...details, cookieStoreId: 'firefox-container-2' } as unknown as Details);
    expect(seen?.container).toBe('firefox-container-2');
  });

  it('tells which role was chosen on AWS’s page', () => {
    const seen = post(form({ SAMLResponse: ['PHNh'], roleIndex: [roleArn] }));
    expect(seen?.roleIndex).toBe(roleArn);
  });

  it('is read from raw bytes in several parts, its plus signs kept', () => {
    const body = 'SAMLResponse=PHNh%2B%2F%3D%3D&roleIndex=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fa%2Bb';
    expect(post(raw(body.slice(0, 17), body.slice(17, 40), body.slice(40)))).toMatchObject({
      response: 'PHNh+/==',
      roleIndex: roleArn,
    });
  });

  it('is read from a text/plain body, where a plus sign is a plus sign', () => {
    expect(post(raw('SAMLResponse=PHNh+abc+/=='))?.response).toBe('PHNh+abc+/==');
  });

  it('may have parts without bytes', () => {
    expect(post({ raw: [{ file: 'x' }, bytes('SAMLResponse=PHNh')] })?.response).toBe('PHNh');
  });

  it.each([
    'https://eu-west-1.signin.aws.amazon.com/saml',
    'https://signin.amazonaws.cn/saml?x=1',
    'https://signin.amazonaws-us-gov.com/saml/acs/SAMLSP123',
  ])('may go to %s', (url) => {
    expect(post(form({ SAMLResponse: ['PHNh'] }), url)?.signInHost).toBe(new URL(url).hostname);
  });

  it.each([
    ['Firefox shows an empty form for a large one', { formData: {} }],
    ['the browser says that it could not read it', { error: 'Unknown error' }],
  ])('is a login even when its body is withheld: %s', (_, body) => {
    expect(post(body)).toEqual({
      response: undefined,
      roleIndex: undefined,
      signInHost: 'signin.aws.amazon.com',
    });
  });
});

describe('no login', () => {
  const login = form({ SAMLResponse: ['PHNh'] });

  it.each<[string, unknown, string?, string?]>([
    ['is a POST without a body', undefined],
    ['is a POST whose body is null', null],
    ['is a form without the field', form({ RelayState: ['x'] })],
    ['is a form with the field but no value', { formData: { SAMLResponse: [], x: ['y'] } }],
    ['are other bytes', raw('{"SAMLResponse":"PHNh"}')],
    ['is a GET', login, 'https://signin.aws.amazon.com/saml', 'GET'],
    ['is a POST to the console', login, 'https://console.aws.amazon.com/saml'],
    ['is a POST to a host that merely ends so', login, 'https://evilsignin.aws.amazon.com/saml'],
    ['is a POST to a host that merely begins so', login, 'https://signin.aws.amazon.com.example.org/saml'],
  ])('%s', (_, body, url, method) => {
    expect(post(body, url, method)).toBeUndefined();
  });
});

it('sees navigations to the sign-in hosts alone', () => {
  expect(captureFilter.types).toEqual(['main_frame']);
  expect(captureFilter.urls).toContain('https://signin.aws.amazon.com/saml');
  expect(captureFilter.urls).toContain('https://*.signin.aws.amazon.com/saml/acs/*');
  expect(captureFilter.urls.filter((url) => !url.includes('signin') || !url.includes('/saml'))).toEqual([]);
});
