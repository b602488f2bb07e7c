import { readFileSync } from 'node:fs';
import { readCompanyKey } from './company-key.mjs';
import { Problem } from './problem.mjs';

/**
 * What `makeFleet` needs, out of the options of npm run package; `undefined` without `--key`. Throws a `Problem` if one
 * of them cannot be used.
 */
export async function readFleetOptions({ key, 'update-url': updateUrl, policy }) {
  if (key === undefined) {
    if (updateUrl ?? policy) throw new Problem('--update-url and --policy are for --key, which is missing.');
    return undefined;
  }
  return { key: readCompanyKey(key), updateUrl: checkUrl(updateUrl), policy: await readPolicy(policy) };
}

const isLoopback = ({ hostname }) => hostname === 'localhost' || hostname === '127.0.0.1';

function checkUrl(text) {
  const hint = 'as in --update-url https://intranet.example.com/roleferry/updates.xml';
  if (text === undefined) {
    throw new Problem('--key needs --update-url: where browsers will look for updates.', hint);
  }
  if (!URL.canParse(text)) throw new Problem(`${text} is no address.`, hint);
  const url = new URL(text);
  // Over http, anyone on the way could keep updates from arriving.
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new Problem(`The address of updates must start with https://, which ${text} doesn't.`, hint);
  }
  if (!url.pathname.endsWith('/updates.xml')) {
    throw new Problem(`${text} doesn't end in /updates.xml.`, hint);
  }
  return url.href;
}

/** The policy in a file, checked as the extension checks it. */
async function readPolicy(file) {
  if (file === undefined) return {};
  const hint = 'docs/policies/policy.json has an example of every entry';
  const value = parseJson(file, hint);
  const { tsImport } = await import('tsx/esm/api');
  const { checkPolicy } = await tsImport('../../src/core/policy/policy.ts', import.meta.url);
  const { wrong } = checkPolicy(value);
  if (wrong) throw new Problem(`${file} is no policy: ${wrong.where ?? 'it is not an object'}.`, hint);
  return value;
}

function parseJson(file, hint) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Problem(`The policy in ${file} cannot be read: ${error.message}`, hint);
  }
}
