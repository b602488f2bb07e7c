import type { SaxesAttributeNSIncomplete } from 'saxes';
import { notSaml, notXml, short } from './refusal.ts';

/** saxes checks how a prefix starts, but not the name after it (Namespaces in XML 1.0, NCName). */
export function checkName(local: string, name: string): void {
  const letter = local.charCodeAt(0) | 0x20;
  // Stryker disable next-line ConditionalExpression,EqualityOperator: most names begin with a letter, which is quicker to see
  if ((letter < 0x61 || letter > 0x7a) && malformed.test(local))
    throw notXml({ is: 'name', name: short(name) });
}

const malformed = /^(?:[-.\d\u00b7\u203f\u2040]|[\u0300-\u036f])/;

/** saxes trims namespace names, but in XML a name with spaces around it is another namespace. */
export function checkAttribute({ name, prefix, local, value }: SaxesAttributeNSIncomplete): void {
  checkName(local, name);
  if ((prefix === 'xmlns' || name === 'xmlns') && /[^\x21-\x7e]/.test(value)) {
    throw notSaml('namespace');
  }
}
