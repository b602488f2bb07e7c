import { describe, expect, it } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { brokerAt } from './broker-address.ts';

describe('the address of a broker', () => {
  it.each([
    ['https://broker.example', 'https://broker.example', 'broker.example'],
    ['https://Broker.example:8443/', 'https://broker.example:8443', 'broker.example:8443'],
    ['https://example/broker/', 'https://example/broker', 'example'],
    ['broker.example', 'https://broker.example', 'broker.example'],
  ])('may be %s', (address, url, host) => {
    expect(brokerAt(address)).toEqual({ ok: true, value: { url, host, plainHttp: false } });
  });

  it.each(['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080'])(
    'may be %s, on this machine alone',
    (address) => {
      expect(brokerAt(address)).toMatchObject({ ok: true, value: { url: address, plainHttp: true } });
    },
  );

  it.each([
    ['http://broker.example', 'http is for this machine alone'],
    ['http://127.0.0.1.evil.example', 'http is for this machine alone'],
    ['https://jo:secret@broker.example', 'it has a user name or a password in it'],
    ['https://broker.example?x=1', 'it has a ? or a # in it'],
    ['https://broker.example/#', 'it has a ? or a # in it'],
    ['https://broker.example\\@evil.example', 'it is not complete'],
    ['https://broker .example', 'it is not complete'],
    ['file:///etc/passwd', 'it begins with neither https nor http'],
    ['', 'it is not complete'],
  ])('may not be %s', (address, reason) => {
    const refused = brokerAt(address);
    expect(refused).toMatchObject({
      ok: false,
      failure: saying('broker-address-invalid', `This is not the address of a broker: ${reason}.`),
    });
    expect(JSON.stringify(refused)).not.toContain('secret');
  });
});
