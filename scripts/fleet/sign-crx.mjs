import { sign } from 'node:crypto';

/**
 * The bytes of a CRX3 package: `zip`, signed with the key of `readCompanyKey`. The same zip and key always give the
 * same bytes. Format: https://chromium.googlesource.com/chromium/src/+/main/components/crx_file/crx3.proto
 */
export function signCrx(zip, { key, publicKey, idBytes }) {
  const signedData = bytesField(1, idBytes);
  const magic = Buffer.from('CRX3 SignedData\0');
  const signature = sign('sha256', Buffer.concat([magic, uint32(signedData.length), signedData, zip]), key);
  const proof = Buffer.concat([bytesField(1, publicKey), bytesField(2, signature)]);
  const header = Buffer.concat([bytesField(2, proof), bytesField(10_000, signedData)]);
  return Buffer.concat([Buffer.from('Cr24'), uint32(3), uint32(header.length), header, zip]);
}

/** A field of bytes of a protocol buffer: tag (its number, and 2 for “with a length”), length, bytes. */
const bytesField = (number, bytes) => Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);

/** Seven bits a byte, the lowest first; all but the last have the top bit. */
function varint(value) {
  return value < 128
    ? Buffer.from([value])
    : Buffer.concat([Buffer.from([(value % 128) + 128]), varint(Math.floor(value / 128))]);
}

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
