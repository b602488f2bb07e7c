/** The options on how to ask AWS. */
export interface AskingOptions {
  insecureTls?: boolean;
  quiet?: boolean;
}

/** The option for those who know that certificates are not checked. */
export const insecureTlsOption = [
  '--insecure-tls',
  'ask AWS even though NODE_TLS_REJECT_UNAUTHORIZED=0 turns off certificate checks',
] as const;
