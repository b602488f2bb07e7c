import { inflateRawSync } from 'node:zlib';

/** The files of a zip archive by name, as text; what a person gets who unpacks it. */
export function readZip(archive: Buffer): Record<string, string> {
  const files: Record<string, string> = {};
  // https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.16, then 4.3.12 for each file
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let entry = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [compressed, nameLength, extraLength, commentLength] = [
      archive.readUInt32LE(entry + 20),
      archive.readUInt16LE(entry + 28),
      archive.readUInt16LE(entry + 30),
      archive.readUInt16LE(entry + 32),
    ];
    const name = archive.toString('utf8', entry + 46, entry + 46 + nameLength);
    const local = archive.readUInt32LE(entry + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const body = archive.subarray(start, start + compressed);
    files[name] = (archive.readUInt16LE(entry + 10) === 0 ? body : inflateRawSync(body)).toString('utf8');
    entry += 46 + nameLength + extraLength + commentLength;
  }
  return files;
}
