/**
 * A file for regedit that gives Chrome or Edge this policy. `vendor` is its key, such as `Google\Chrome`. Windows has no
 * lists, so lists and objects are JSON in a string, which browsers read too, and which keeps their order: numbered
 * keys would be read as 1, 10, 2.
 */
export function registryFile({ vendor, extensionId, policy, extensionSettings }) {
  const browser = `HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\${vendor}`;
  const place = `${browser}\\3rdparty\\extensions\\${extensionId}\\policy`;
  const lines = [
    'Windows Registry Editor Version 5.00',
    '',
    // Entries of an earlier policy would stay.
    `[-${place}]`,
    '',
    ...key(place, policy),
    ...(extensionSettings ? key(`${browser}\\ExtensionSettings\\${extensionId}`, extensionSettings) : []),
  ];
  return encode(lines.map((line) => `${line}\r\n`).join(''));
}

const key = (path, values) => [
  `[${path}]`,
  ...Object.entries(values).map(([name, value]) => `"${name}"=${writeValue(value)}`),
  '',
];

function writeValue(value) {
  const number = typeof value === 'boolean' ? Number(value) : value;
  if (typeof number === 'number') return `dword:${number.toString(16).padStart(8, '0')}`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** regedit takes bytes without a mark for the machine's own code page, so only ASCII may go without. */
function encode(text) {
  const isAscii = /^[\0-\x7f]*$/.test(text);
  return isAscii ? Buffer.from(text) : Buffer.from(`\ufeff${text}`, 'utf16le');
}
