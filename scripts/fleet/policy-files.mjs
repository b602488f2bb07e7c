import { adml, admx } from './group-policy.mjs';
import { mobileConfig } from './mobile-config.mjs';
import { registryFile } from './registry-file.mjs';
import { words } from './words.mjs';

/** Browsers that take Chromium's policies, by the names of their files. */
const chromiums = {
  chrome: { browser: 'Chrome', vendor: 'Google\\Chrome', domain: 'com.google.Chrome' },
  edge: { browser: 'Edge', vendor: 'Microsoft\\Edge', domain: 'com.microsoft.Edge' },
};

/**
 * Everything that gives a policy to browsers: contents by file name. `schema` is managed-schema.json, `policy` what it
 * describes, `ids` the extension's (`chromium`, `firefox`). With `install` (`updateUrl` for Chromium, `addOnUrl` for
 * Firefox) browsers install the extension too.
 */
export function policyFiles({ schema, policy, ids, install }) {
  const files = {
    'firefox-policies.json': json({ policies: firefoxPolicies(policy, ids.firefox, install?.addOnUrl) }),
    'firefox-managed-storage.json': json({
      name: ids.firefox,
      description: 'Policy of Roleferry',
      type: 'storage',
      data: policy,
    }),
  };
  const extensionSettings = install && chromiumSettings(install.updateUrl);
  const payloads = [];
  for (const [name, { browser, vendor, domain }] of Object.entries(chromiums)) {
    const settings = extensionSettings && { ExtensionSettings: { [ids.chromium]: extensionSettings } };
    files[`${name}.json`] = json({ ...settings, '3rdparty': { extensions: { [ids.chromium]: policy } } });
    files[`${name}.reg`] = registryFile({ vendor, extensionId: ids.chromium, policy, extensionSettings });
    files[`roleferry-${name}.admx`] = admx({ browser, vendor, extensionId: ids.chromium, schema });
    for (const [language, wordsOf] of Object.entries(words)) {
      files[`${language}/roleferry-${name}.adml`] = adml({ browser, schema, words: wordsOf(schema) });
    }
    if (settings) payloads.push({ type: domain, content: settings });
    payloads.push({ type: `${domain}.extensions.${ids.chromium}`, content: policy });
  }
  const ofFirefox = firefoxPolicies(policy, ids.firefox, install?.addOnUrl);
  payloads.push({ type: 'org.mozilla.firefox', content: { EnterprisePoliciesEnabled: true, ...ofFirefox } });
  files['roleferry.mobileconfig'] = mobileConfig(payloads);
  return files;
}

/** The address in the policy counts, whatever the package says: so a server can move. */
const chromiumSettings = (updateUrl) => ({
  installation_mode: 'force_installed',
  update_url: updateUrl,
  override_update_url: true,
  toolbar_pin: 'force_pinned',
});

function firefoxPolicies(policy, id, addOnUrl) {
  const settings = addOnUrl && {
    ExtensionSettings: {
      [id]: { installation_mode: 'force_installed', install_url: addOnUrl, default_area: 'navbar' },
    },
  };
  return { ...settings, '3rdparty': { Extensions: { [id]: policy } } };
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
