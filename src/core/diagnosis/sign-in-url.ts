import { type Partition, partitionOf } from '../aws/partition.ts';
import { parseSignInHost } from '../aws/sign-in-host.ts';

/** The partition whose sign-in page this is the URL of, as assertions name it; `undefined` if it is none. */
export function partitionOfSignInUrl(text: string): Partition | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' || !/^\/saml(\/|$)/.test(url.pathname)) return undefined;
  return parseSignInHost(url.hostname)?.partition;
}

/** The sign-in URL that trust policies name as `SAML:aud`, unless somebody changed them. */
export function usualSignInUrl(partitionId: string): string {
  const [host = 'signin.aws.amazon.com'] = partitionOf(partitionId)?.signInHosts ?? [];
  return `https://${host}/saml`;
}

const audiences: Record<string, string> = {
  'aws-cn': 'urn:amazon:webservices:cn-north-1',
  'aws-us-gov': 'urn:amazon:webservices:govcloud',
};

/** AWS's entity id, as the SAML metadata of the partition's sign-in page names it. */
export const usualAudience = (partitionId: string): string =>
  audiences[partitionId] ?? 'urn:amazon:webservices';
