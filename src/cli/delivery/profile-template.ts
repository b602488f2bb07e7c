import { type Failure, failure } from '../../core/failure.ts';
import { writableNameFailure } from '../../core/profile/profile-name.ts';
import { fillTemplate, partsOf, slug, type TemplateRole } from '../../core/profile/profile-template.ts';

/** The placeholders of profile names; `{provider}` only if a login offers the role. */
const words = ['role', 'account', 'partition'];
const wordsOfLogin = [...words, 'provider'];

/** The name of the profile of a role: the template with `{role}`, `{account}` and the like as slugs. */
export function profileOf(template: string, role: TemplateRole): string {
  const parts = Object.entries(partsOf(role) ?? {}).map(([word, part]) => [word, slug(part)]);
  return fillTemplate(template, Object.fromEntries(parts));
}

/** Whether the template gives each provider of a role its own name. */
export const namesProvider = (template: string): boolean => template.includes('{provider}');

/**
 * Why no profile can have such a name, whatever is filled in; `undefined` if one can. `ofLogin`: a login offers the role.
 */
export function templateFailure(template: string, ofLogin: boolean): Failure | undefined {
  const known = ofLogin ? wordsOfLogin : words;
  const name = fillTemplate(template, Object.fromEntries(known.map((word) => [word, 'x'])));
  const brace = /[{}]/.exec(name)?.[0];
  if (brace === undefined) return writableNameFailure(name);
  const all = known.map((word) => `{${word}}`).join(', ');
  return failure('profile-name-invalid', { reason: { is: 'placeholder', character: brace, known: all } });
}
