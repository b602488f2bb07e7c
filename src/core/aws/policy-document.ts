import type { Reason } from '../failure-reasons.ts';

type Fault = Reason<'policyDocument'>;
type Fields = Record<string, unknown>;

/**
 * What IAM would not take in a policy for a session, given as JSON; `undefined` if nothing. Statements are counted from
 * one. Source: IAM user guide, "Grammar of the IAM JSON policy language"; session policies have no principal.
 */
export function policyDocumentFault(json: string): Fault | undefined {
  // STS API reference, AssumeRoleWithSAML, Policy.
  const strange = /[^\t\n\r\u0020-\u00ff]/u.exec(json)?.[0];
  if (strange !== undefined) return { is: 'character', character: strange };
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch {
    return 'not-json';
  }
  if (!isObject(document)) return 'not-an-object';
  const twice = repeatedKey(json);
  if (twice !== undefined) return { is: 'key-twice', key: twice };
  const unknown = Object.keys(document).find((key) => !['Version', 'Id', 'Statement'].includes(key));
  if (unknown !== undefined) return { is: 'element', element: unknown };
  const { Version: version, Id: id, Statement: statement } = document;
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') return 'version';
  if (id !== undefined && typeof id !== 'string') return 'id';
  const statements = Array.isArray(statement) ? statement : [statement];
  if (statement === undefined || statements.length === 0) return 'no-statement';
  for (const [index, each] of statements.entries()) {
    const fault = statementFault(each, index + 1);
    if (fault !== undefined) return fault;
  }
  const sids = statements.flatMap(({ Sid }) => (Sid ? [Sid] : []));
  const again = sids.find((sid, index) => sids.indexOf(sid) < index);
  return again === undefined ? undefined : { is: 'sid-twice', sid: again };
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const elements = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

function statementFault(each: unknown, statement: number): Fault | undefined {
  if (!isObject(each)) return { is: 'statement', statement };
  if ('Principal' in each || 'NotPrincipal' in each) return { is: 'principal', statement };
  const element = Object.keys(each).find((key) => !elements.includes(key));
  if (element !== undefined) return { is: 'statement-element', statement, element };
  const { Sid: sid, Effect: effect, Condition: condition } = each;
  if (sid !== undefined && (typeof sid !== 'string' || !/^[A-Za-z0-9]*$/.test(sid))) {
    return { is: 'sid', statement };
  }
  if (effect !== 'Allow' && effect !== 'Deny') return { is: 'effect', statement };
  return (
    listFault(each, 'Action', statement, isAction) ??
    listFault(each, 'Resource', statement, isResource) ??
    (condition === undefined ? undefined : conditionFault(condition, statement))
  );
}

const isAction = (text: string) => text === '*' || /^(?:\*|[A-Za-z0-9-]+):[A-Za-z0-9*?]+$/.test(text);

const isResource = (text: string) => text === '*' || /^arn:(?:[^:]*:){4}./.test(text);

/** Exactly one of an element and its `Not…`: a text or a list of them. */
function listFault(
  fields: Fields,
  element: 'Action' | 'Resource',
  statement: number,
  isFit: (text: string) => boolean,
): Fault | undefined {
  const inverse = `Not${element}`;
  const named = [element, inverse].filter((name) => name in fields);
  const [name = element] = named;
  if (named.length !== 1) return { is: named.length === 0 ? 'missing' : 'both', statement, element, inverse };
  const value = fields[name];
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  if (texts.length === 0 || !texts.every((text) => typeof text === 'string')) {
    return { is: 'list', statement, element: name };
  }
  const unfit = (texts as string[]).find((text) => !isFit(text));
  return unfit === undefined
    ? undefined
    : { is: element === 'Action' ? 'action' : 'resource', statement, unfit };
}

const operator =
  /^(?:(?:ForAllValues|ForAnyValue):)?(?:(?:String(?:Not)?(?:Equals|EqualsIgnoreCase|Like)|(?:Numeric|Date)(?:(?:Not)?Equals|(?:LessThan|GreaterThan)(?:Equals)?)|Bool|BinaryEquals|(?:Not)?IpAddress|Arn(?:Not)?(?:Equals|Like))(?:IfExists)?|Null)$/;

function conditionFault(condition: unknown, statement: number): Fault | undefined {
  if (!isObject(condition)) return { is: 'condition', statement };
  for (const [name, keys] of Object.entries(condition)) {
    if (!operator.test(name)) return { is: 'operator', statement, operator: name };
    if (!isObject(keys) || Object.keys(keys).length === 0) return { is: 'condition', statement };
    for (const [key, value] of Object.entries(keys)) {
      if (!/^[\w-]+:./.test(key)) return { is: 'condition-key', statement, key };
      const values: unknown[] = Array.isArray(value) ? value : [value];
      if (!values.every((one) => ['string', 'number', 'boolean'].includes(typeof one))) {
        return { is: 'condition-value', statement, key };
      }
    }
  }
  return undefined;
}

/** The same JSON without the spaces that mean nothing; any other text changes too. */
export const compactPolicy = (json: string): string =>
  json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, text: string | undefined) => text ?? '');

/** A key that an object of this JSON has twice, which `JSON.parse` passes over: the last one would count. */
function repeatedKey(json: string): string | undefined {
  const objects: Set<string>[] = [];
  for (const [, text, colon, mark] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|([{}])/g)) {
    if (mark === '{') objects.push(new Set());
    else if (mark === '}') objects.pop();
    else if (text !== undefined && colon !== undefined) {
      const key: string = JSON.parse(text);
      const keys = objects.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
}
