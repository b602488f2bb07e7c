/** A statement of an IAM policy, as far as the rehearsal reads one. */
interface Statement {
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  /** Nothing here knows what it asks for, so such a statement never counts. */
  Condition?: object;
}

export interface PolicyDocument {
  Version?: string;
  Statement: Statement | Statement[];
}

interface Asked {
  /** As in `ssm:GetParameter`. */
  action: string;
  /** An ARN. */
  resource: string;
}

/** Every action on every resource: what a role may do here unless the world says otherwise. */
export const everything: PolicyDocument = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

/**
 * Whether a session may do something: an explicit deny wins, and both the role's policies and, where there are any, the
 * session's must allow it. Source: IAM user guide, "Policy evaluation logic".
 */
export function isAllowed(
  asked: Asked,
  ofRole: readonly PolicyDocument[],
  ofSession: readonly PolicyDocument[] | undefined,
): boolean {
  const effects = [ofRole, ...(ofSession === undefined ? [] : [ofSession])].map((policies) =>
    policies
      .flatMap(({ Statement }) => Statement)
      .filter((statement) => matches(statement, asked))
      .map(({ Effect }) => Effect),
  );
  return !effects.flat().includes('Deny') && effects.every((each) => each.includes('Allow'));
}

const matches = (
  { Action, NotAction, Resource, NotResource, Condition }: Statement,
  { action, resource }: Asked,
): boolean =>
  Condition === undefined &&
  isNamed(action.toLowerCase(), lowerCase(Action), lowerCase(NotAction)) &&
  isNamed(resource, list(Resource), list(NotResource));

const isNamed = (text: string, named: string[] | undefined, others: string[] | undefined): boolean => {
  const isAny = (patterns: string[]) => patterns.some((pattern) => fits(text, pattern));
  return named === undefined ? others !== undefined && !isAny(others) : isAny(named);
};

/** `*` stands for any characters, `?` for one. */
const fits = (text: string, pattern: string): boolean => {
  const literal = (part: string) => part.replace(/[\\^$.+()[\]{}|]/g, '\\$&');
  return new RegExp(`^${literal(pattern).replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`).test(text);
};

const list = (value: string | string[] | undefined) => (value === undefined ? undefined : [value].flat());

const lowerCase = (value: string | string[] | undefined) => list(value)?.map((one) => one.toLowerCase());
