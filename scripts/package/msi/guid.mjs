import { createHash } from 'node:crypto';

/** Always the same GUID for the same text, in capitals, as Windows Installer wants them. */
export function guid(text) {
  const bytes = createHash('sha256').update(`roleferry ${text}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString('hex').toUpperCase();
  return [[0, 8], [8, 12], [12, 16], [16, 20], [20]].map(([from, to]) => hex.slice(from, to)).join('-');
}
