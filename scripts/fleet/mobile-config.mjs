import { createHash } from 'node:crypto';
import { escapeXml } from './xml.mjs';

/**
 * A configuration profile for macOS, with a payload for each browser. `payloads`: `{ type, content }`, where type is
 * the preference domain.
 */
export function mobileConfig(payloads) {
  const identifier = 'dev.roleferry.policy';
  const profile = {
    PayloadContent: payloads.map(({ type, content }) => ({
      ...content,
      PayloadType: type,
      PayloadVersion: 1,
      PayloadIdentifier: `${identifier}.${type}`,
      PayloadUUID: uuidOf(`${identifier}.${type}`),
      PayloadDisplayName: `Roleferry (${type})`,
    })),
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: identifier,
    PayloadUUID: uuidOf(identifier),
    PayloadDisplayName: 'Roleferry',
    PayloadScope: 'System',
  };
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
${element(profile, '')}
</plist>
`;
}

function element(value, indent) {
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return nested(
      'array',
      value.map((one) => element(one, inner)),
      indent,
    );
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(
      ([name, one]) => `${inner}<key>${escapeXml(name)}</key>\n${element(one, inner)}`,
    );
    return nested('dict', entries, indent);
  }
  if (typeof value === 'boolean') return `${indent}<${value}/>`;
  const type = typeof value === 'number' ? 'integer' : 'string';
  return `${indent}<${type}>${escapeXml(value)}</${type}>`;
}

const nested = (name, parts, indent) =>
  parts.length === 0
    ? `${indent}<${name}/>`
    : [`${indent}<${name}>`, ...parts, `${indent}</${name}>`].join('\n');

/** The same name always gives the same one, so that a new profile replaces the one before. */
function uuidOf(name) {
  const hex = createHash('sha256').update(name).digest('hex');
  // The version for names (5) and the variant, as RFC 4122 has them.
  const digits = `${hex.slice(0, 12)}5${hex.slice(13, 16)}8${hex.slice(17, 32)}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-').toUpperCase();
}
