import { escapeXml } from './xml.mjs';

const start = '<?xml version="1.0" encoding="utf-8"?>';
const namespace = [
  'xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"',
].join(' ');

/** What a group policy may hold as text. */
const longest = 1_048_576;

/**
 * The template that shows the entries of `schema` in Windows' Group Policy editor, for one browser. `vendor` is its
 * key, such as `Google\Chrome`. Lists of strings are lists there too; what Windows has no form for is JSON.
 */
export function admx({ browser, vendor, extensionId, schema }) {
  const place = `SOFTWARE\\Policies\\${vendor}\\3rdparty\\extensions\\${extensionId}\\policy`;
  const policies = Object.entries(schema.properties).map(([name, property]) => {
    const { attributes, children } = settingOf(name, property, place);
    return `    <policy name="${name}" class="Both" displayName="$(string.${name})" explainText="$(string.${name}_explain)" ${attributes} key="${place}">
      <parentCategory ref="roleferry" />
      <supportedOn ref="supported" />
${children.map((line) => `      ${line}`).join('\n')}
    </policy>`;
  });
  return `${start}
<policyDefinitions ${namespace} revision="1.0" schemaVersion="1.0">
  <policyNamespaces>
    <target prefix="roleferry" namespace="Roleferry.Policies.${browser}" />
  </policyNamespaces>
  <resources minRequiredRevision="1.0" />
  <supportedOn>
    <definitions>
      <definition name="supported" displayName="$(string.supported)" />
    </definitions>
  </supportedOn>
  <categories>
    <category name="roleferry" displayName="$(string.roleferry)" />
  </categories>
  <policies>
${policies.join('\n')}
  </policies>
</policyDefinitions>
`;
}

/** How an entry is written to the registry, and its field in the editor. */
function settingOf(name, property, place) {
  if (property.type === 'boolean') {
    return {
      attributes: `valueName="${name}"`,
      children: [
        '<enabledValue><decimal value="1" /></enabledValue>',
        '<disabledValue><decimal value="0" /></disabledValue>',
      ],
    };
  }
  const element = {
    integer: `<decimal id="${name}" valueName="${name}" required="true" minValue="${property.minimum}" maxValue="${property.maximum}" />`,
    list: `<list id="${name}" key="${place}\\${name}" valuePrefix="" />`,
    text: `<text id="${name}" valueName="${name}" required="true" maxLength="${longest}" />`,
  }[fieldOf(property)];
  return {
    attributes: `presentation="$(presentation.${name})"`,
    children: [`<elements>${element}</elements>`],
  };
}

/** The kind of field for an entry. */
function fieldOf({ type, items }) {
  if (type === 'integer') return type;
  return type === 'array' && items.type === 'string' ? 'list' : 'text';
}

/**
 * The texts for `admx` in one language: `words` has `roleferry`, `supported`, `asJson`, and for each entry its title
 * and description.
 */
export function adml({ browser, schema, words }) {
  const names = Object.keys(schema.properties);
  const strings = {
    roleferry: `${words.roleferry} (${browser})`,
    supported: words.supported,
    ...Object.fromEntries(
      names.flatMap((name) => [
        [name, words.entries[name].title],
        [`${name}_explain`, explain(schema.properties[name], words.entries[name], words)],
      ]),
    ),
  };
  const presentations = names.flatMap((name) => {
    const field = presentationOf(name, schema.properties[name], words.entries[name].title);
    return field === undefined ? [] : [`      <presentation id="${name}">${field}</presentation>`];
  });
  return `${start}
<policyDefinitionResources ${namespace} revision="1.0" schemaVersion="1.0">
  <displayName>${escapeXml(strings.roleferry)}</displayName>
  <description>${escapeXml(words.description)}</description>
  <resources>
    <stringTable>
${Object.entries(strings)
  .map(([id, text]) => `      <string id="${id}">${escapeXml(text)}</string>`)
  .join('\n')}
    </stringTable>
    <presentationTable>
${presentations.join('\n')}
    </presentationTable>
  </resources>
</policyDefinitionResources>
`;
}

function explain(property, { description }, { asJson }) {
  const isJson = property.type === 'object' || property.items?.type === 'object';
  if (!isJson) return description;
  const parts = Object.keys((property.items ?? property).properties).join(', ');
  return `${description}\n\n${asJson} ${parts}`;
}

function presentationOf(name, property, title) {
  if (property.type === 'boolean') return undefined;
  const label = escapeXml(title);
  return {
    integer: `<decimalTextBox refId="${name}" defaultValue="${property.maximum}">${label}</decimalTextBox>`,
    list: `<listBox refId="${name}">${label}</listBox>`,
    text: `<textBox refId="${name}"><label>${label}</label></textBox>`,
  }[fieldOf(property)];
}
