import { type Failure, failure } from '../failure.ts';
import { writableNameFailure } from './profile-name.ts';

/** Why no on-demand profile can have this name: a shell or command line would read it as something else. */
export function onDemandNameFailure(name: string): Failure | undefined {
  const character = /^-|%/.exec(name)?.[0];
  return character === undefined
    ? writableNameFailure(name)
    : failure('profile-name-invalid', { reason: { is: 'command-line', character } });
}
