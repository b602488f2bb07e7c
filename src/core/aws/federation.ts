import type { Partition } from './partition.ts';

/**
 * Where a partition's sign-in turns credentials into a login to the console.
 *
 * Sources: IAM User Guide, "Enable custom identity broker access to the AWS console"; for `aws-eusc`, whose sign-in has
 * regional hosts alone, the endpoints in the documentation of AWS European Sovereign Cloud.
 */
export const federationEndpoint = ({ id, signInHosts: [host = ''], defaultRegion }: Partition): string =>
  `https://${id === 'aws-eusc' ? `${defaultRegion}.${host}` : host}/federation`;

/**
 * The link that logs a browser in and leads to `page`. It is a secret: for 15 minutes, whoever has it is logged in.
 * `issuer` is where AWS sends the user when the console session has ended.
 */
export function consoleLoginLink(
  endpoint: string,
  { signInToken, page, issuer }: { signInToken: string; page: string; issuer: string },
): string {
  const url = new URL(endpoint);
  url.searchParams.set('Action', 'login');
  url.searchParams.set('Issuer', issuer);
  url.searchParams.set('Destination', page);
  url.searchParams.set('SigninToken', signInToken);
  return url.href;
}
