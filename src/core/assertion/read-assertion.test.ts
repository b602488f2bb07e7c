import { describe, expect, it } from 'vitest';
import {
  admin,
  assertionXml,
  awsAttribute,
  offering,
  provider,
  readOnly,
  responseXml,
  roleAttribute,
} from '../../../test/fixtures/response-xml.ts';
import { said } from '../../../test/fixtures/said.ts';
import { readAssertion } from './read-assertion.ts';

function rolesIn(xml: string) {
  const read = readAssertion(xml);
  return read.ok ? read.value.roles.map(({ roleArn }) => roleArn) : read.failure.code;
}

describe('an assertion', () => {
  it('says who issued it, for whom, for how long and until when', () => {
    const xml = responseXml(
      assertionXml(
        [
          roleAttribute(`${admin},${provider}`),
          awsAttribute('RoleSessionName', ' jo@example.com '),
          awsAttribute('SessionDuration', '28800'),
          awsAttribute('SourceIdentity', 'jo'),
          awsAttribute('PrincipalTag:Team', 'blue'),
          awsAttribute('TransitiveTagKeys', 'Team', 'Cost'),
        ].join(''),
      ),
    );
    expect(readAssertion(xml)).toEqual({
      ok: true,
      value: {
        issuer: 'https://idp.example/metadata',
        encrypted: false,
        roles: [{ roleArn: admin, providerArn: provider }],
        unreadRoles: 0,
        audiences: ['urn:amazon:webservices'],
        recipients: ['https://signin.aws.amazon.com/saml'],
        status: 'Success',
        signed: true,
        hasSubject: true,
        sessionName: 'jo@example.com',
        sessionDuration: 28_800,
        sourceIdentity: 'jo',
        principalTags: { Team: 'blue' },
        transitiveTagKeys: ['Team', 'Cost'],
        issuedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
        notBefore: Date.UTC(2026, 0, 2, 3, 3, 5),
        notOnOrAfter: Date.UTC(2026, 0, 2, 3, 10, 5),
        bearerNotOnOrAfter: Date.UTC(2026, 0, 2, 3, 9, 5),
        sessionNotOnOrAfter: Date.UTC(2026, 0, 2, 11, 4, 5),
      },
    });
  });

  it('offers its roles in its own order, each once, whichever ARN comes first', () => {
    const xml = offering(`${readOnly},${provider}`, `${provider},${admin}`, `${readOnly},${provider}`);
    expect(rolesIn(xml)).toEqual([readOnly, admin]);
  });

  it('may spread its roles over several attributes', () => {
    const attributes = roleAttribute(`${admin},${provider}`) + roleAttribute(`${provider},${readOnly}`);
    expect(rolesIn(responseXml(assertionXml(attributes)))).toEqual([admin, readOnly]);
  });

  it.each([
    ['a comment', `arn:aws:iam::111122223333:role/Admin<!-- -->ReadOnly,${provider}`],
    ['a processing instruction', `arn:aws:iam::111122223333:role/Admin<?x y?>ReadOnly,${provider}`],
    ['CDATA', `<![CDATA[arn:aws:iam::111122223333:role/Admin]]>ReadOnly,${provider}`],
    ['a character reference', `arn:aws:iam::111122223333:role/Admin&#82;ead&#x4f;nly,${provider}`],
    ['an element', `arn:aws:iam::111122223333:role/Admin<x/>ReadOnly,${provider}`],
    ['line breaks and spaces around it', `\n\t  ${readOnly}  ,\n  ${provider}\n`],
  ])('has the whole text of a value with %s', (_, value) => {
    expect(rolesIn(offering(value))).toEqual([readOnly]);
  });

  it('is read under any prefix and under default namespaces', () => {
    const xml = offering(`${admin},${provider}`);
    expect(rolesIn(xml.replaceAll('saml:', 'x:').replace('xmlns:saml=', 'xmlns:x='))).toEqual([admin]);
    const assertion = assertionXml(roleAttribute(`${admin},${provider}`)).replaceAll('saml:', '');
    const defaulted = assertion.replace(
      '<Assertion',
      '<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"',
    );
    expect(rolesIn(responseXml(defaulted))).toEqual([admin]);
  });

  it('may have elements whose names begin with what is no letter of ASCII', () => {
    const role = roleAttribute(`${admin},${provider}`);
    expect(rolesIn(responseXml(assertionXml(`<é/><_a/><東/>${role}`)))).toEqual([admin]);
  });

  it('may stand beside an element of that name in another namespace', () => {
    const other = '<samlp:Extensions><x:Assertion xmlns:x="urn:x"/></samlp:Extensions>';
    expect(rolesIn(responseXml(other + assertionXml(roleAttribute(`${admin},${provider}`))))).toEqual([
      admin,
    ]);
  });

  it('is found inside the SOAP envelope that ECP clients get', () => {
    const xml = offering(`${admin},${provider}`);
    const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
    const envelope = `<S:Envelope xmlns:S="${soap}"><S:Header><a b="c"/></S:Header><S:Body>${xml}</S:Body></S:Envelope>`;
    expect(rolesIn(envelope)).toEqual([admin]);
  });

  it('reads hundreds of roles', () => {
    const values = Array.from({ length: 600 }, (_, i) => `arn:aws:iam::111122223333:role/R${i},${provider}`);
    expect(rolesIn(offering(...values))).toHaveLength(600);
  });

  it('says when it is encrypted, and still by whom it was issued', () => {
    const read = readAssertion(responseXml('<saml:EncryptedAssertion><x/></saml:EncryptedAssertion>'));
    expect(read).toMatchObject({
      ok: true,
      value: { encrypted: true, issuer: 'https://idp.example/metadata', roles: [] },
    });
  });

  it('has nothing where the response says nothing', () => {
    const bare = responseXml('<saml:EncryptedAssertion/>').replace(/<saml:Issuer>.*<\/samlp:Status>/, '');
    expect(readAssertion(bare)).toMatchObject({ value: { issuer: '', status: '' } });
    const unsaid = responseXml('<saml:EncryptedAssertion/>').replace(/ Value="[^"]+"/, '');
    expect(readAssertion(unsaid)).toMatchObject({ value: { status: '' } });
  });

  it('was issued when it says, and when its response says where it is encrypted', () => {
    const response = (content: string) =>
      responseXml(content).replace(
        'IssueInstant="2026-01-02T03:04:05Z"',
        'IssueInstant="2026-01-02T03:04:00Z"',
      );
    const issued = (content: string) => {
      const read = readAssertion(response(content));
      return read.ok && read.value.issuedAt;
    };
    expect(issued(assertionXml(''))).toBe(Date.UTC(2026, 0, 2, 3, 4, 5));
    expect(issued('<saml:EncryptedAssertion/>')).toBe(Date.UTC(2026, 0, 2, 3, 4, 0));
  });

  it.each([
    ['2026-01-02T03:09:05', Date.UTC(2026, 0, 2, 3, 9, 5)],
    [' 2026-01-02T03:09:05.1234567Z\n', Date.UTC(2026, 0, 2, 3, 9, 5, 123)],
    ['2026-01-02T03:09:05+01:30', Date.UTC(2026, 0, 2, 1, 39, 5)],
    ['2026-13-02T03:09:05Z', undefined],
    ['on 2026-01-02T03:09:05Z', undefined],
    ['2026-01-02T03:09:05Z or later', undefined],
  ])('has the time %j as %s', (said, time) => {
    const xml = offering(`${admin},${provider}`).replaceAll('2026-01-02T03:09:05.000Z', said);
    const read = readAssertion(xml);
    expect(read.ok && read.value.bearerNotOnOrAfter).toBe(time);
  });

  it.each(['x28800', '28800 seconds', '1e3', '-1', '1234567890', ''])(
    'has no session duration where it says %j',
    (said) => {
      const read = readAssertion(responseXml(assertionXml(awsAttribute('SessionDuration', said))));
      expect(read.ok).toBe(true);
      expect(read).not.toHaveProperty('value.sessionDuration');
    },
  );

  it('has its recipients without blanks around them, and no tag without a value', () => {
    const xml = responseXml(assertionXml(awsAttribute('PrincipalTag:Team')));
    const read = readAssertion(xml.replace('Recipient="', 'Recipient=" '));
    expect(read.ok && read.value.recipients).toEqual(['https://signin.aws.amazon.com/saml']);
    expect(read.ok && read.value.principalTags).toStrictEqual({});
  });

  it('may be as deep as fifty elements', () => {
    const deep = (count: number) =>
      responseXml(`${assertionXml('')}${'<x>'.repeat(count)}${'</x>'.repeat(count)}`);
    expect(rolesIn(deep(49))).toEqual([]);
    expect(rolesIn(deep(50))).toBe('assertion-not-saml');
  });

  it('has no time where it has something that is none', () => {
    const xml = offering(`${admin},${provider}`).replaceAll('2026-01-02T03:09:05.000Z', 'soon');
    const read = readAssertion(xml);
    expect(read).toMatchObject({ ok: true, value: { notOnOrAfter: Date.UTC(2026, 0, 2, 3, 10, 5) } });
    expect(read).not.toHaveProperty('value.bearerNotOnOrAfter');
  });
});

describe('roles are not read', () => {
  const pair = `${admin},${provider}`;
  const attribute = roleAttribute(pair);
  const long = 'x'.repeat(1_000);

  it.each([
    [
      'from extensions of the response',
      `<samlp:Extensions>${attribute}</samlp:Extensions>${assertionXml('')}`,
    ],
    [
      'from an attribute outside an attribute statement',
      assertionXml('').replace('</saml:Assertion>', `${attribute}</saml:Assertion>`),
    ],
    ['from an attribute of another host', assertionXml(attribute.replace('//aws.', '//xxx.'))],
    ['from an attribute of another name', assertionXml(attribute.replace('/Role"', '/role"'))],
    [
      'from the role claim of Entra ID',
      assertionXml(
        attribute.replace(
          'https://aws.amazon.com/SAML/Attributes/Role',
          'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
        ),
      ),
    ],
    ['from a FriendlyName', assertionXml(attribute.replace('Name=', 'FriendlyName='))],
    ['from a Name in a namespace', assertionXml(attribute.replace('Name=', 'saml:Name='))],
    ['from below an element with a very long name', assertionXml(`<${long}>${attribute}</${long}>`)],
    [
      'from look-alike elements of another namespace',
      assertionXml(attribute.replaceAll('saml:Attribute', 'samlp:Attribute')),
    ],
  ])('%s', (_, content) => {
    expect(rolesIn(responseXml(content))).toEqual([]);
  });
});

describe('a response is refused', () => {
  const xml = offering(`${admin},${provider}`);
  const assertion = assertionXml(roleAttribute(`${admin},${provider}`));
  const declared = (content: string) =>
    content.replace('<saml:Assertion', '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"');
  const inSoap = (content: string) =>
    `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${content}</S:Body></S:Envelope>`;

  it.each([
    ['that is cut off', xml.slice(0, -20), 'assertion-not-xml'],
    ['with text after its end', `${xml}x`, 'assertion-not-xml'],
    ['with an unbound prefix', xml.replaceAll('<saml:Attribute ', '<nobody:Attribute '), 'assertion-not-xml'],
    ['with the same attribute twice', xml.replace(' ID="_r"', ' ID="_r" ID="_s"'), 'assertion-not-xml'],
    ['with an unknown entity', xml.replace('_a', '&nbsp;'), 'assertion-not-xml'],
    ['that is empty', '', 'assertion-not-xml'],
    [
      'with a name that begins with a digit',
      xml.replaceAll('saml:Subject', 'saml:7ubject'),
      'assertion-not-xml',
    ],
    [
      'that undeclares a prefix, as only XML 1.1 can',
      `<?xml version="1.1"?>${xml.replace(' Name="', ' xmlns:x="" x:Name="')}`,
      'assertion-not-xml',
    ],
    [
      'with a control character of XML 1.1',
      `<?xml version="1.1"?>${xml.replace('_a', '&#1;')}`,
      'assertion-not-xml',
    ],
    ['with a DOCTYPE', `<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>${xml}`, 'assertion-doctype'],
    ['that is HTML', '<html><body/></html>', 'assertion-not-saml'],
    ['of SAML 1.1', xml.replaceAll(':2.0:', ':1.0:'), 'assertion-not-saml'],
    [
      'without namespaces',
      xml.replace(/ xmlns:\w+="[^"]+"/g, '').replace(/(<\/?)\w+:/g, '$1'),
      'assertion-not-saml',
    ],
    ['that is an assertion alone', declared(assertion), 'assertion-not-saml'],
    ['without an assertion', responseXml(''), 'assertion-not-saml'],
    ['with two assertions', responseXml(assertion + assertion), 'assertion-ambiguous'],
    [
      'with an encrypted assertion beside a plain one',
      responseXml(`${assertion}<saml:EncryptedAssertion/>`),
      'assertion-ambiguous',
    ],
    [
      'with another assertion wrapped into its extensions',
      responseXml(`<samlp:Extensions>${assertion}</samlp:Extensions>${assertion}`),
      'assertion-not-saml',
    ],
    [
      'with another assertion inside the first',
      responseXml(assertion.replace('<saml:AttributeStatement>', `${assertion}<saml:AttributeStatement>`)),
      'assertion-not-saml',
    ],
    [
      'with two issuers',
      responseXml(assertion.replace('</saml:Issuer>', '</saml:Issuer><saml:Issuer>x</saml:Issuer>')),
      'assertion-not-saml',
    ],
    [
      'with an assertion behind the Response, in the SOAP body',
      inSoap(`${responseXml('')}<x>${declared(assertion)}</x>`),
      'assertion-not-saml',
    ],
    [
      'with an assertion behind the SOAP body',
      inSoap(responseXml('')).replace('</S:Body>', `</S:Body><x>${declared(assertion)}</x>`),
      'assertion-not-saml',
    ],
    ['with two Responses', inSoap(responseXml('') + xml), 'assertion-not-saml'],
    [
      'with a blank before the name of a namespace',
      xml.replaceAll('"urn:oasis', '" urn:oasis'),
      'assertion-not-saml',
    ],
    [
      'with a blank behind the name of a namespace',
      xml.replace('assertion"', 'assertion&#10;"'),
      'assertion-not-saml',
    ],
    [
      'with a namespace that looks like another',
      xml.replace('"urn:oasis', '"\u00a0urn:oasis'),
      'assertion-not-saml',
    ],
    ['whose elements are nested without end', responseXml('<x>'.repeat(5000)), 'assertion-not-saml'],
  ])('%s', (_, text, code) => {
    expect(rolesIn(text)).toBe(code);
  });

  const outsideOfSoap =
    '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body/></S:Envelope>';
  it.each([
    [xml.slice(0, -20), 'XML: line 1, column ', 'unclosed tag: saml:Assertion.'],
    [responseXml('<a.b>').replace('</samlp:Response>', ''), 'unclosed tag: a.b.', ''],
    ['', 'root element.', ''],
    [xml.replaceAll('saml:Subject', 'saml:\u00b7ubject'), 'malformed name: saml:\u00b7ubject.', ''],
    [xml.replaceAll('saml:Subject', 'saml:7ubject'), 'malformed name: saml:7ubject.', ''],
    ['<html><body/></html>', 'it begins with html, not with a Response in the SAML 2.0 namespace.', ''],
    [outsideOfSoap, 'it has no Response.', ''],
    [responseXml('').replace(/<samlp:Status>.*<\/samlp:Status>/, ''), 'it has no assertion.', ''],
    [responseXml(assertion + assertion), '2', ''],
    [responseXml(`${assertion}<saml:EncryptedAssertion/>`), '2', ''],
    [
      responseXml(`<samlp:Extensions>${assertion}</samlp:Extensions>`),
      'an assertion where none belongs.',
      '',
    ],
    [xml.replace('<saml:Sub', '<saml:Issuer/><saml:Sub'), 'more than one issuer.', ''],
    [inSoap(responseXml(assertion) + xml), 'it has elements behind its Response.', ''],
    [responseXml('<x xmlns=" urn:x"/>'), 'it has a namespace that is not a URI.', ''],
    [responseXml('<x>'.repeat(5000)), 'its elements are nested too deep.', ''],
  ])('with the reason, number %#', (text, words, more) => {
    const read = readAssertion(text);
    const message = said(read);
    expect(message).toContain(words);
    expect(message).toContain(more);
    expect(message).not.toMatch(/…|\.\./);
  });

  it('with a name of a hundred and fifty characters whole, and with a longer one in part', () => {
    const status = (length: number) => 'x'.repeat(length);
    const words = (length: number) => {
      const read = readAssertion(responseXml('').replace('status:Success', `status:${status(length)}`));
      return said(read);
    };
    expect(words(150)).toContain(` ${status(150)}.`);
    expect(words(151)).toContain(` ${status(150)}….`);
  });

  it('with the status that the identity provider gave, when it failed', () => {
    const read = readAssertion(responseXml('').replace('status:Success', 'status:Responder'));
    expect(read).toMatchObject({
      ok: false,
      failure: expect.toSatisfy((failure) => said(failure).includes('Responder')),
    });
  });

  it('with a message that a person can read, however long the names in it are', () => {
    const long = 'x'.repeat(70_000);
    for (const text of [
      `<${long}/>`,
      `<${long}:x/>`,
      responseXml('').replace('status:Success', `status:${long}`),
    ]) {
      const read = readAssertion(text);
      expect(said(read).length).toBeLessThan(320);
    }
  });

  // Joining the names above an element takes minutes for each if they are this long, and the test would time out. If
  // they are only many, the limit on depth keeps the work small.
  it.each([
    ['thousands of elements below a deep one', '<y>'.repeat(40), 40_000, '</y>'.repeat(40)],
    [
      'a name as long as most of the document',
      `<${'n'.repeat(6_000_000)}>`,
      60_000,
      `</${'n'.repeat(6_000_000)}>`,
    ],
    [
      'a namespace as long as a good part of the document',
      `<x xmlns="${'n'.repeat(60_000)}">${'<y>'.repeat(40)}`,
      80_000,
      `${'</y>'.repeat(40)}</x>`,
    ],
  ])('or read in good time with %s', (_, open, count, close) => {
    const role = roleAttribute(`${admin},${provider}`);
    expect(rolesIn(responseXml(assertionXml(role + open + '<a/>'.repeat(count) + close)))).toEqual([admin]);
  });
});
