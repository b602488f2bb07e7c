/** What a shell needs to work with a rehearsal as if it were AWS. */
export interface RehearsalShell {
  home: string;
  /** A folder in which `roleferry` is. */
  bin: string;
  /** The port of a proxy on 127.0.0.1 that leads AWS's hosts to the rehearsal. */
  proxyPort: number;
  /** The file with the certificate of the rehearsal's authority. */
  authorityFile: string;
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Lines for sh, bash and zsh: AWS tools and `roleferry` use the rehearsal and its home, and nothing else. */
export const shellEnv = ({ home, bin, proxyPort, authorityFile }: RehearsalShell): string =>
  [
    "for name in $(env | sed -n 's/^\\(AWS_[A-Z_]*\\)=.*/\\1/p'); do unset $name; done",
    `export HOME=${quoted(home)} PATH=${quoted(bin)}:"$PATH"`,
    `export HTTPS_PROXY=http://127.0.0.1:${proxyPort} AWS_CA_BUNDLE=${quoted(authorityFile)}`,
    'export AWS_EC2_METADATA_DISABLED=true AWS_PAGER=',
    'unset https_proxy ALL_PROXY all_proxy NO_PROXY no_proxy',
    '',
  ].join('\n');
