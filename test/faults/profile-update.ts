import type { ProfileUpdate } from '../../src/credentials-file/format/profile-keys.ts';

/** A profile whose every value carries `number`, so that a mixture of two writes would show. */
export const updateOf = (name: string, number: number): ProfileUpdate => ({
  name,
  credentials: {
    accessKeyId: `ASIA${String(number).padStart(16, '0')}`,
    secretAccessKey: `secret-${number}`,
    sessionToken: `${'token'.repeat(20)}-${number}`,
    expiration: '2030-01-01T00:00:00Z',
  },
  principalArn: `arn:aws:sts::123456789012:assumed-role/R/${number}`,
});

/** The numbers in the values of a profile: one, when it is whole. `undefined` when it is not there. */
export function numbersIn(content: string, name: string): number[] | undefined {
  const start = content.indexOf(`[${name}]\n`);
  if (start === -1) return undefined;
  const section = content.slice(start + name.length + 3).split(/^\[/m)[0] ?? '';
  const values = section.match(/^(aws_|x_principal).*?(\d+)$/gm) ?? [];
  const numbers = values.map((line) => Number(/(\d+)$/.exec(line)?.[1]));
  return values.length === 4 ? [...new Set(numbers)] : [];
}
