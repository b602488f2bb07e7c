import { text } from '../webext/text.ts';

const parts = ['account', 'accountName', 'role', 'provider', 'partition'];

/** The placeholders of a profile name template, as they are typed. */
export const templateParts = parts.map((part) => `{${part}}`).join(' ');

/** What is wrong with a template that fills in nothing, or leaves something unfilled. */
export function templateProblem(template: string): string | undefined {
  if (template === '') return text('options_templateEmpty');
  const stranger = [...template.matchAll(/\{([^}]*)\}?/g)].find(([, part = '']) => !parts.includes(part));
  return stranger && text('options_templateStranger', stranger[0]);
}
