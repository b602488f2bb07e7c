/** What the person says about how AWS is asked. */
export interface AskingOptions {
  insecureTls?: boolean;
  quiet?: boolean;
}

/** The option for those who know that certificates are not checked. */
export const insecureTlsOption = [
  '--insecure-tls',
  'ask AWS although NODE_TLS_REJECT_UNAUTHORIZED=0 has no certificate checked',
] as const;
