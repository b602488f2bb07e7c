/** AWS's own way to write an account number, in groups of four. */
export const accountNumber = (id: string): string => id.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
