import { text } from '../webext/text.ts';

const parts = ['account', 'accountName', 'role', 'provider', 'partition'];

/** What a template of profile names can hold, as it is written there. */
export const templateParts = parts.map((part) => `{${part}}`).join(' ');

/** What to tell a person who writes a template that fills in nothing, or leaves something unfilled. */
export function templateProblem(template: string): string | undefined {
  if (template === '') return text('options_templateEmpty');
  const stranger = [...template.matchAll(/\{([^}]*)\}?/g)].find(([, part = '']) => !parts.includes(part));
  return stranger && text('options_templateStranger', stranger[0]);
}
