import { issuerName } from '../webext/issuer-names.ts';
import type { View } from '../webext/view.ts';

/** The name of an identity provider; its entity id shows on hovering. */
export function IssuerName({
  view: { issuerNames },
  issuer,
}: {
  view: Pick<View, 'issuerNames'>;
  issuer: string;
}) {
  return <bdi title={issuer}>{issuerName(issuerNames, issuer)}</bdi>;
}
