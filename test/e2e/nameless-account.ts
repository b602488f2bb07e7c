import { accounts, iamArn, userNamed, type World } from '../rehearsal/world.ts';

/** Adds an account, of which the assertion tells the number and AWS's page the alias, with a role that is offered to `dave`. */
export function addNamelessAccount(world: World, id: string, alias: string): void {
  const [first] = world.providers.filter(({ arn }) => arn.includes(accounts.development));
  const provider = iamArn(id, 'saml-provider/Rehearsal');
  const role = iamArn(id, 'role/Developer');
  world.accounts.push({ id, alias });
  if (first !== undefined) world.providers.push({ ...first, arn: provider });
  world.roles.push({ arn: role, maxSessionDuration: 3600, trusts: [provider] });
  userNamed(world, 'dave').user.roles.push({ role, provider });
}
