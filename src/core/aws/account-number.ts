/** The account in an ARN of a role, a provider or a session; `undefined` when there is none. */
export const accountOfArn = (arn: string): string | undefined => /^arn:[\w-]+:\w+::(\d+):/.exec(arn)?.[1];

/** An account number as AWS writes it, in groups of four. */
export const accountNumber = (id: string): string => id.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
