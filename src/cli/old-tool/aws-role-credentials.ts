// The command of the tool of that name, for scripts that call it: `saml` and `user` with its defaults, file keys and
// streams. A program of its own, since a Windows npm shim does not tell by which name it was called.
// See docs/aws_role_credentials.md.
import { version } from '../../../package.json';
import { needClearPlaces } from '../files/need-clear-places.ts';
import { newProgram } from '../program/new-program.ts';
import { runProgram } from '../program/run-program.ts';
import { examples } from '../terminal/examples.ts';
import { tell } from '../terminal/tell.ts';
import { oldTool } from './manner.ts';

const shownVersion = `aws_role_credentials (Roleferry) ${version}`;

const subcommands = [
  {
    name: 'saml',
    summary: 'assume a role with a SAML assertion',
    load: async () => (await import('../commands/saml.ts')).defineSaml,
  },
  {
    name: 'user',
    summary: 'assume a role as an IAM user',
    load: async () => (await import('../commands/user.ts')).defineUser,
  },
];

void runProgram(
  'aws_role_credentials',
  subcommands.map(({ name }) => name),
  async (isWanted) => {
    const program = newProgram('aws_role_credentials', shownVersion)
      .description(
        'Temporary AWS credentials for roles, in a profile or for one command. Provided by Roleferry.',
      )
      .addHelpText(
        'after',
        examples([
          ['oktaauth -u jobloggs | aws_role_credentials saml --profile dev', 'from a SAML assertion'],
          ['aws_role_credentials user arn:aws:iam::111122223333:role/dev jobloggs', 'from an IAM user'],
        ]),
      )
      .hook('preAction', (_, command) => {
        if (!command.opts().quiet) tell(`${shownVersion}\n`);
      });
    for (const { name, summary, load } of subcommands) {
      const command = program.command(name).summary(summary);
      if (isWanted(name)) (await load())(command, oldTool);
    }
    return needClearPlaces(program, () => true);
  },
);
