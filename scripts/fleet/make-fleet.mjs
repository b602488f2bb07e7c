import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipChromium } from '../package/zip-chromium.mjs';
import { root } from '../set-up/run.mjs';
import { policyFiles } from './policy-files.mjs';
import { policySchema, productIds, stopPolicy } from './ready-files.mjs';
import { signCrx } from './sign-crx.mjs';
import { escapeXml } from './xml.mjs';

/**
 * Makes what a company needs to give the extension to its people without a store, in `folder`: the package signed with
 * `key` (of `readCompanyKey`), the file where browsers look for updates, `policy` for every browser, and what makes
 * the native host serve this package alone. The folder `stop` has a policy that stops everything. `updateUrl` is where the company will serve `updates.xml`, and the other
 * files beside it. `built` is the extension, by default what `npm run build` made.
 */
export function makeFleet({ folder, key, updateUrl, policy, built = join(root, 'dist/chromium') }) {
  const { version, minimum_chrome_version } = JSON.parse(readFileSync(join(built, 'manifest.json'), 'utf8'));
  const beside = (name) => new URL(name, updateUrl).href;
  const crx = `roleferry-${version}.crx`;
  const ids = { ...productIds(), chromium: key.extensionId };
  const install = { updateUrl, addOnUrl: beside(`roleferry-${version}.xpi`) };
  const policyFolder = (name, content) => ({
    [`${name}/policy.json`]: `${JSON.stringify(content, null, 2)}\n`,
    ...Object.fromEntries(
      Object.entries(policyFiles({ schema: policySchema(), policy: content, ids, install })).map(
        ([file, text]) => [`${name}/${file}`, text],
      ),
    ),
  });
  const host = { extensionIds: Object.values(ids), builtInIds: false, manifests: [], folders: [] };
  const files = {
    [crx]: signCrx(zipOf(built, updateUrl), key),
    'updates.xml': updatesXml({
      id: key.extensionId,
      codebase: beside(crx),
      version,
      minimum_chrome_version,
    }),
    'host.json': `${JSON.stringify(host, null, 2)}\n`,
    ...policyFolder('policies', policy),
    ...policyFolder('stop', stopPolicy()),
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

function zipOf(built, updateUrl) {
  const staged = mkdtempSync(join(tmpdir(), 'roleferry-crx-'));
  try {
    const zip = join(staged, 'extension.zip');
    zipChromium(zip, { update_url: updateUrl }, built);
    return readFileSync(zip);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

/** https://developer.chrome.com/docs/extensions/how-to/distribute/host-on-linux#update_manifest */
const updatesXml = ({
  id,
  codebase,
  version,
  minimum_chrome_version,
}) => `<?xml version="1.0" encoding="UTF-8"?>
<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">
  <app appid="${id}">
    <updatecheck codebase="${escapeXml(codebase)}" version="${version}" prodversionmin="${minimum_chrome_version}" />
  </app>
</gupdate>
`;
