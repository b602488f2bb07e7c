/** The keys that a file for regedit sets, with their values. Throws at a line that regedit would not take. */
export function readRegistryFile(file: string | Buffer): Record<string, Record<string, string | number>> {
  const [first, ...lines] = decode(Buffer.from(file)).split('\r\n');
  if (first !== 'Windows Registry Editor Version 5.00') throw new Error(`No file for regedit: ${first}`);
  const keys: Record<string, Record<string, string | number>> = {};
  let key: Record<string, string | number> | undefined;
  for (const line of lines.filter((one) => one !== '')) {
    const path = /^\[(HKEY_LOCAL_MACHINE\\[^\]]+)\]$/.exec(line)?.[1];
    if (path !== undefined) {
      key = keys[path] ??= {};
    } else if (!/^\[-HKEY_LOCAL_MACHINE\\[^\]]+\]$/.test(line)) {
      const [, name, value = ''] = /^"(\w+)"=(.+)$/.exec(line) ?? [];
      if (key === undefined || name === undefined) throw new Error(`Not for regedit: ${line}`);
      key[name] = readValue(value);
    }
  }
  return keys;
}

/** With a mark it is UTF-16; without, bytes of the machine's code page, of which only ASCII is the same everywhere. */
function decode(bytes: Buffer): string {
  if (bytes.readUInt16LE() === 0xfeff) return bytes.toString('utf16le', 2);
  if (bytes.some((byte) => byte > 0x7f)) throw new Error('Neither ASCII nor UTF-16 with a mark.');
  return bytes.toString('ascii');
}

function readValue(value: string): string | number {
  const number = /^dword:([0-9a-f]{8})$/.exec(value)?.[1];
  if (number !== undefined) return Number.parseInt(number, 16);
  const text = /^"((?:[^"\\]|\\["\\])*)"$/.exec(value)?.[1];
  if (text === undefined) throw new Error(`Not for regedit: ${value}`);
  return text.replace(/\\(["\\])/g, '$1');
}
