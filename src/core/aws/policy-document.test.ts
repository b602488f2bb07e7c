import { describe, expect, it } from 'vitest';
import { said } from '../../../test/fixtures/said.ts';
import { failure } from '../failure.ts';
import { policyDocumentFault } from './policy-document.ts';

const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const { Resource: _, ...withoutResource } = read;
const { Action: __, ...withoutAction } = read;
const policy = (statement: unknown, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: statement,
  ...more,
});
const faultOf = (document: unknown) =>
  policyDocumentFault(typeof document === 'string' ? document : JSON.stringify(document));

describe('a policy that IAM takes', () => {
  it.each<[string, unknown]>([
    ['one statement', policy(read)],
    ['a list of statements', policy([read, { ...read, Effect: 'Deny' }])],
    ['an Id', policy(read, { Id: 'mine' })],
    ['no Version', { Statement: [read] }],
    ['the old Version', policy(read, { Version: '2008-10-17' })],
    ['every action', policy({ ...read, Action: '*' })],
    ['wildcards', policy({ ...read, Action: ['s3:Get*', 'ec2:Describe?mages', '*:*', 'app-mesh:List*'] })],
    ['all actions but some', policy({ ...withoutAction, NotAction: ['iam:*'] })],
    [
      'resources',
      policy({
        ...read,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable of IAM
        Resource: ['arn:aws:s3:::bucket', 'arn:aws:s3:::${aws:username}/*', 'arn:*:*:*:*:*'],
      }),
    ],
    ['all resources but some', policy({ ...withoutResource, NotResource: 'arn:aws:s3:::secret/*' })],
    [
      'Sids',
      policy([
        { ...read, Sid: 'A1' },
        { ...read, Sid: 'B2' },
        { ...read, Sid: '' },
        { ...read, Sid: '' },
      ]),
    ],
    [
      'conditions',
      policy({
        ...read,
        Condition: {
          StringNotEqualsIgnoreCase: { 'aws:username': ['a', 'b'] },
          'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': 'x*' },
          NumericLessThanEquals: { 's3:max-keys': 10 },
          Bool: { 'aws:SecureTransport': true },
          NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' },
          DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
          ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' },
          Null: { 'aws:TokenIssueTime': 'false' },
        },
      }),
    ],
    ['an empty condition', policy({ ...read, Condition: {} })],
    [
      'one name in two objects',
      '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"a:b","Resource":"*"}]}',
    ],
    ['a key in a text', '{"Id":"\\"Id\\":","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'],
    ['line breaks and tabs', JSON.stringify(policy(read), null, '\t')],
    ['letters of western Europe', policy(read, { Id: 'für é' })],
  ])('may have %s', (_, document) => {
    expect(faultOf(document)).toBeUndefined();
  });
});

describe('a policy that IAM does not take', () => {
  it.each<[unknown, reason: unknown, says: string]>([
    ['', 'not-json', 'not JSON'],
    ['{"Statement":', 'not-json', 'not JSON'],
    ["{'Statement': []}", 'not-json', 'not JSON'],
    ['null', 'not-an-object', 'not a JSON object'],
    ['[]', 'not-an-object', 'not a JSON object'],
    ['"*"', 'not-an-object', 'not a JSON object'],
    ['{"Id":"😀"}', { is: 'character', character: '😀' }, 'the character 😀'],
    ['{"Id":"„"}', { is: 'character', character: '„' }, 'the character'],
    ['{"Id":"a","Id":"b"}', { is: 'key-twice', key: 'Id' }, 'has Id twice'],
    ['{"Id":"a","\\u0049d":"b"}', { is: 'key-twice', key: 'Id' }, 'has Id twice'],
    [
      '{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Effect":"Allow"}}',
      { is: 'key-twice', key: 'Effect' },
      'has Effect twice',
    ],
    [policy(read, { statement: [] }), { is: 'element', element: 'statement' }, 'it has statement'],
    [policy(read, { Version: '2012-10-18' }), 'version', '2012-10-17'],
    [policy(read, { Version: null }), 'version', '2012-10-17'],
    [policy(read, { Id: 1 }), 'id', 'Id'],
    [{ Version: '2012-10-17' }, 'no-statement', 'no Statement'],
    [policy([]), 'no-statement', 'no Statement'],
    [policy('x'), { is: 'statement', statement: 1 }, 'statement 1 is not'],
    [policy(null), { is: 'statement', statement: 1 }, 'statement 1 is not'],
    [policy([read, []]), { is: 'statement', statement: 2 }, 'statement 2 is not'],
    [policy({ ...read, Principal: '*' }), { is: 'principal', statement: 1 }, 'has a Principal'],
    [policy({ ...read, NotPrincipal: '*' }), { is: 'principal', statement: 1 }, 'has a Principal'],
    [
      policy([read, { ...read, Actions: [] }]),
      { is: 'statement-element', statement: 2, element: 'Actions' },
      'statement 2 has Actions',
    ],
    [policy({ ...read, Sid: 'a b' }), { is: 'sid', statement: 1 }, 'Sid of statement 1'],
    [policy({ ...read, Sid: 7 }), { is: 'sid', statement: 1 }, 'Sid of statement 1'],
    [
      policy([
        { ...read, Sid: 'A' },
        { ...read, Sid: 'A' },
      ]),
      { is: 'sid-twice', sid: 'A' },
      'the Sid A',
    ],
    [policy({ ...read, Effect: 'allow' }), { is: 'effect', statement: 1 }, '"Allow" nor "Deny"'],
    [policy({ Action: '*', Resource: '*' }), { is: 'effect', statement: 1 }, '"Allow" nor "Deny"'],
    [
      policy(withoutAction),
      { is: 'missing', statement: 1, element: 'Action', inverse: 'NotAction' },
      'neither Action nor NotAction',
    ],
    [
      policy(withoutResource),
      { is: 'missing', statement: 1, element: 'Resource', inverse: 'NotResource' },
      'nor NotResource',
    ],
    [
      policy({ ...read, NotAction: '*' }),
      { is: 'both', statement: 1, element: 'Action', inverse: 'NotAction' },
      'both Action and',
    ],
    [
      policy({ ...read, Action: [] }),
      { is: 'list', statement: 1, element: 'Action' },
      'Action of statement 1',
    ],
    [
      policy({ ...withoutAction, NotAction: [1] }),
      { is: 'list', statement: 1, element: 'NotAction' },
      'NotAction of statement 1',
    ],
    [
      policy({ ...read, Resource: {} }),
      { is: 'list', statement: 1, element: 'Resource' },
      'Resource of statement 1',
    ],
    [
      policy({ ...read, Action: 'GetObject' }),
      { is: 'action', statement: 1, unfit: 'GetObject' },
      's3:GetObject',
    ],
    [
      policy({ ...read, Action: 's3: Get' }),
      { is: 'action', statement: 1, unfit: 's3: Get' },
      's3:GetObject',
    ],
    [
      policy({ ...read, Resource: 'bucket' }),
      { is: 'resource', statement: 1, unfit: 'bucket' },
      'neither an ARN',
    ],
    [
      policy({ ...read, Resource: 'arn:aws:s3' }),
      { is: 'resource', statement: 1, unfit: 'arn:aws:s3' },
      'ARN',
    ],
    [policy({ ...read, Condition: [] }), { is: 'condition', statement: 1 }, 'Condition of statement 1'],
    [
      policy({ ...read, Condition: { Bool: 'true' } }),
      { is: 'condition', statement: 1 },
      'operator, key, value',
    ],
    [policy({ ...read, Condition: { Bool: {} } }), { is: 'condition', statement: 1 }, 'operator, key, value'],
    [
      policy({ ...read, Condition: { StringEqual: { 'a:b': 'c' } } }),
      { is: 'operator', statement: 1, operator: 'StringEqual' },
      'StringEqual',
    ],
    [
      policy({ ...read, Condition: { NullIfExists: { 'a:b': 'c' } } }),
      { is: 'operator', statement: 1, operator: 'NullIfExists' },
      'NullIfExists',
    ],
    [
      policy({ ...read, Condition: { Bool: { SecureTransport: 'true' } } }),
      { is: 'condition-key', statement: 1, key: 'SecureTransport' },
      'aws:SourceIp',
    ],
    [
      policy({ ...read, Condition: { Bool: { 'aws:SecureTransport': null } } }),
      { is: 'condition-value', statement: 1, key: 'aws:SecureTransport' },
      'aws:SecureTransport of statement 1',
    ],
  ])('%j', (document, reason, says) => {
    const found = faultOf(document);
    expect(found).toEqual(reason);
    expect(said(failure('session-policy-invalid', { reason: found ?? 'not-json' }))).toContain(says);
  });

  it('is found in the depth that a hostile file can have', () => {
    expect(faultOf(`${'['.repeat(1000)}${']'.repeat(1000)}`)).toBe('not-an-object');
  });
});
