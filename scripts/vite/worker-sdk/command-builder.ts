/** A command as sts-client.ts sends it. */
export interface SentCommand {
  input: object;
  operation: string;
  operationSchema: unknown;
}

export const _ep0 = {};
export const _mw0 = () => [];

/** Stands for the SDK's builder of commands: no endpoint parameters and no log filters, since there are none of both. */
export const command = (_endpoint: unknown, _plugins: unknown, operation: string, operationSchema: unknown) =>
  class implements SentCommand {
    readonly input: object;
    readonly operation = operation;
    readonly operationSchema = operationSchema;

    constructor(input: object = {}) {
      this.input = input;
    }
  };
