import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { root } from '../set-up/run.mjs';
import { Problem } from './problem.mjs';

const makeOne =
  'make one outside of the repository: (umask 077; openssl genrsa -out ~/roleferry-company.pem 4096)';

/**
 * Reads the RSA key in the PEM file `file` that a company signs its extension with: the private key, the public one
 * (DER), and the id that follows from it. Throws a `Problem` if the file cannot be used, or is not kept safe.
 */
export function readCompanyKey(file) {
  const key = parse(file, readSafely(file));
  if (key.asymmetricKeyType !== 'rsa') {
    throw new Problem(`${file} has a key of type ${key.asymmetricKeyType}, and browsers want RSA.`, makeOne);
  }
  const bits = key.asymmetricKeyDetails.modulusLength;
  if (bits < 2048) {
    throw new Problem(`${file} has an RSA key of ${bits} bits, which is too short to be safe.`, makeOne);
  }
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return { key, publicKey, ...extensionIdOf(publicKey) };
}

/**
 * The id in Chromium of an extension with this public key (DER): bytes of its hash, and as it is written, with the
 * letters a to p for the digits.
 */
export function extensionIdOf(publicKey) {
  const idBytes = createHash('sha256').update(publicKey).digest().subarray(0, 16);
  const letter = (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16));
  return { idBytes, extensionId: idBytes.toString('hex').replace(/./g, letter) };
}

function readSafely(file) {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats?.isFile()) throw new Problem(`There is no key file ${file}.`, makeOne);
  const path = realpathSync(file);
  const fromRoot = relative(realpathSync(root), path);
  if (!fromRoot.startsWith(`..${sep}`)) {
    throw new Problem(
      `${file} is inside the repository, where it may end up in a commit or a package.`,
      'move it to where only those who release can read it, such as your home folder',
    );
  }
  // On Windows, modes say nothing about who may read a file.
  if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) {
    throw new Problem(`Others than you can read or change ${file}.`, `chmod 600 ${file}`);
  }
  return readFileSync(path, 'utf8');
}

function parse(file, pem) {
  if (!pem.includes('PRIVATE KEY-----')) {
    throw new Problem(`${file} has no private key in PEM.`, makeOne);
  }
  if (pem.includes('ENCRYPTED')) {
    throw new Problem(
      `${file} is protected by a passphrase.`,
      'decrypt it for this run into a file of its own: (umask 077; openssl rsa -in FILE -out OTHER)',
    );
  }
  try {
    return createPrivateKey(pem);
  } catch {
    throw new Problem(`The private key in ${file} cannot be read.`, makeOne);
  }
}
