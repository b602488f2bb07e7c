import { partitionOf } from '../../core/aws/partition.ts';

/** A policy document of IAM, in the order in which its documentation writes the elements. */
export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: object[];
}

const document = (statement: object): PolicyDocument => ({ Version: '2012-10-17', Statement: [statement] });

/**
 * Trust for people who come with an assertion of `providerArn`. `SAML:aud` is the address to which the assertion was
 * to be posted: the sign-in hosts of the provider's partition.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
 */
export function samlTrust(providerArn: string): PolicyDocument {
  const hosts = partitionOf(providerArn.split(':')[1] ?? '')?.signInHosts ?? [];
  const audiences = hosts.map((host) => `https://${host}/saml`);
  return document({
    Effect: 'Allow',
    Principal: { Federated: providerArn },
    Action: 'sts:AssumeRoleWithSAML',
    Condition: { StringEquals: { 'SAML:aud': oneOrMore(audiences) } },
  });
}

/** Trust for `principals`: users, roles, or with `:root` whoever its account lets. */
export const userTrust = (principals: string[], mfa: boolean): PolicyDocument =>
  document({
    Effect: 'Allow',
    Principal: { AWS: oneOrMore(principals) },
    Action: 'sts:AssumeRole',
    ...(mfa && withMfa),
  });

/** Permission to assume `roleArns` and nothing else. */
export const assumeOnlyPolicy = (roleArns: string[], mfa: boolean): PolicyDocument =>
  document({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Resource: oneOrMore(roleArns),
    ...(mfa && withMfa),
  });

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html */
const withMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

const oneOrMore = (values: string[]) => (values.length === 1 ? values[0] : values);
