import { createReadStream } from 'node:fs';
import * as v from 'valibot';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { errorCode } from '../../disk/fs-failure.ts';
import type { Caller } from './ask-broker.ts';
import { boundedFetch, whyUnanswered } from './bounded-fetch.ts';
import type { Broker } from './broker-address.ts';
import { fileReason } from './file-reason.ts';

/** Where a machine's token comes from, by the command line. */
export interface TokenSource {
  tokenFile?: string;
  tokenEnv?: string;
  githubActions?: boolean;
}

/** Longer than any token: servers refuse headers of this size. */
const mostBytes = 32 * 1024;

/**
 * The caller with a machine's token, which is read or fetched for each request, since it may have been renewed.
 * `undefined` if no source is named: then a person must log in. Failure of the caller: `machine-token-missing`.
 */
export function machineCaller(broker: Broker, source: TokenSource): Caller | undefined {
  const { tokenFile, tokenEnv, githubActions } = source;
  if (tokenFile !== undefined) return bearing(() => tokenIn(tokenFile));
  if (tokenEnv !== undefined) return bearing(async () => checked(process.env[tokenEnv] ?? '', tokenEnv));
  return githubActions ? bearing(() => tokenOfGithub(broker)) : undefined;
}

const bearing =
  (find: () => Promise<Result<string>>): Caller =>
  async () => {
    const token = await find();
    return token.ok ? ok({ authorization: `Bearer ${token.value}` }) : token;
  };

const missing = (reason: string) => failed(failure('machine-token-missing', { reason }));

/** Three parts in base64url. Anything else may be another secret, so it is not printed. */
function checked(found: string, where: string): Result<string> {
  const token = found.trim();
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return ok(token);
  return missing(token === '' ? `${where} is empty, or not set` : `what ${where} holds is no JSON Web Token`);
}

async function tokenIn(file: string): Promise<Result<string>> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of createReadStream(file, { end: mostBytes })) chunks.push(chunk as Buffer);
    return checked(Buffer.concat(chunks).toString('latin1'), file);
  } catch (error) {
    const reason = errorCode(error) === 'ENOENT' ? 'there is no such file' : fileReason(error);
    return missing(`${file} cannot be read: ${reason}`);
  }
}

const githubSchema = v.object({ value: v.string() });

/**
 * Source: GitHub's documentation, "OpenID Connect reference": a job with `permissions: id-token: write` gets these
 * two variables, and names the audience in the query.
 */
async function tokenOfGithub({ url, plainHttp }: Broker): Promise<Result<string>> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: token = '' } =
    process.env;
  if (!URL.canParse(address) || !/^[\x21-\x7e]+$/.test(token)) {
    return missing('this is not a GitHub Actions job that may have one (permissions: id-token: write)');
  }
  const asked = new URL(address);
  asked.searchParams.set('audience', url);
  try {
    const headers = { accept: 'application/json', authorization: `bearer ${token}` };
    const response = await boundedFetch(asked.href, { headers, plainHttp });
    const answer = v.safeParse(githubSchema, response.ok ? await response.json() : undefined);
    if (answer.success) return checked(answer.output.value, 'the answer of GitHub');
    return missing(`GitHub, at ${asked.host}, gave none (HTTP ${response.status})`);
  } catch (error) {
    const gaveNone = (reason: string) =>
      failure('machine-token-missing', { reason: `GitHub, at ${asked.host}, gave none: ${reason}` });
    return failed(whyUnanswered(error, gaveNone) ?? gaveNone('its answer is not JSON'));
  }
}
