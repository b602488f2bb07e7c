import { afterEach, expect, it, vi } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { type Partition, partitions } from '../../core/aws/partition.ts';
import { consoleEndpoint } from './console-endpoint.ts';

const [aws] = partitions as [Partition];
const tell = vi.hoisted(() => vi.fn());
vi.mock('../terminal/tell.ts', () => ({ tell }));
afterEach(() => tell.mockClear());

it('is AWS’s own', () => {
  for (const env of [{}, { AWS_ENDPOINT_URL_SIGNIN: '' }, { AWS_ENDPOINT_URL: 'http://localhost:4566' }]) {
    expect(consoleEndpoint(aws, env)).toEqual({
      ok: true,
      value: 'https://signin.aws.amazon.com/federation',
    });
  }
  expect(tell).not.toHaveBeenCalled();
});

it.each([
  ['https://signin.example', 'https://signin.example/federation'],
  ['https://signin.example/aws/', 'https://signin.example/aws/federation'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/federation'],
])('is under %s if that is set, which is said', (set, value) => {
  expect(consoleEndpoint(aws, { AWS_ENDPOINT_URL_SIGNIN: set })).toEqual({ ok: true, value });
  expect(tell).toHaveBeenCalledWith(
    `Asking ${new URL(set).host} instead of AWS Sign-In (AWS_ENDPOINT_URL_SIGNIN).\n`,
  );
});

it('is AWS’s own where such variables are to be ignored', () => {
  const env = {
    AWS_ENDPOINT_URL_SIGNIN: 'https://signin.example',
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
  };
  expect(consoleEndpoint(aws, env)).toMatchObject({ value: 'https://signin.aws.amazon.com/federation' });
});

it.each([
  ['http://signin.example', 'http is for this machine alone'],
  ['http://127.0.0.1.example', 'http is for this machine alone'],
  ['https://me:secret@signin.example', 'it has a user name or a password in it'],
  ['https://signin.example/?secret', 'it has a ? or a # in it'],
  ['https:\\\\signin.example', 'it is not complete'],
  ['signin.example', 'it is not complete'],
  ['ftp://signin.example', 'it begins with neither https nor http'],
])('is not %s', (set, words) => {
  const endpoint = consoleEndpoint(aws, { AWS_ENDPOINT_URL_SIGNIN: set });
  expect(endpoint).toEqual({ ok: false, failure: saying('console-endpoint-invalid', words) });
  expect(JSON.stringify(endpoint)).not.toContain('secret');
});
