import { createHash } from 'node:crypto';

const longest = 64;

/**
 * A name that STS takes (AssumeRole: RoleSessionName and SourceIdentity, `[\w+=,.@-]{2,64}`). What it does not take
 * becomes `-`. Where anything was changed, digits of a hash follow, so that no two names become one.
 */
export function sessionName(wanted: string): string {
  const cleaned = wanted.replace(/[^\w+=,.@-]/g, '-');
  if (cleaned === wanted && wanted.length >= 2 && wanted.length <= longest && !hasHash.test(wanted))
    return wanted;
  const hash = createHash('sha256').update(wanted).digest('hex').slice(0, 8);
  return `${cleaned.slice(0, longest - hash.length - 1)}-${hash}`;
}

/** A name that looks like a changed one could have been chosen to be taken for it. */
const hasHash = /-[0-9a-f]{8}$/;
