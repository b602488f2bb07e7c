import { isBuiltin } from 'node:module';
import type { Plugin } from 'vite';

interface Node {
  type: string;
  start: number;
  end: number;
  [part: string]: unknown;
}

const mark = '\0builtin:';

/**
 * Has Node load each of its own modules when something of it is first used. An import takes longer, as it asks for
 * everything that the module exports: all streams with `node:fs`, a parser of arguments with `node:util`. In our own
 * code and in what is copied for it; of other packages, only what CommonJS asks for.
 */
export const lazyBuiltins = (): Plugin => ({
  name: 'lazy-builtins',
  resolveId: (id) => (id.startsWith(mark) ? id : null),
  load(id) {
    const name = id.startsWith(mark) && JSON.stringify(id.slice(mark.length));
    return name ? `export function builtin() { return process.getBuiltinModule(${name}); }` : null;
  },
  transform(code, id) {
    if (id.startsWith(mark) || !/['"]node:/.test(code)) return null;
    if (id.includes('/node_modules/') && !id.endsWith('?copy'))
      return code.replaceAll(required, 'process.getBuiltinModule');
    const loaders = new Map<string, string>();
    const loaded = (source: string) => {
      const loader = loaders.get(source) ?? `builtin${loaders.size}`;
      loaders.set(source, loader);
      return `${loader}()`;
    };
    const uses = new Map<string, string>();
    const edits: [place: Node, text: string][] = [];
    const program = this.parse(code) as unknown as Node;
    for (const statement of program.body as Node[]) {
      const source = sourceOf(statement);
      if (statement.type !== 'ImportDeclaration' || !isBuiltin(source)) continue;
      for (const { local, imported } of statement.specifiers as Record<string, Node>[]) {
        uses.set(String(local?.name), loaded(source) + (imported ? `.${imported.name}` : ''));
      }
      edits.push([statement, '']);
    }
    visit(program, (node, parent, part) => {
      const source = sourceOf(node);
      if (node.type === 'ImportExpression' && isBuiltin(source)) {
        edits.push([node, `Promise.resolve(${loaded(source)})`]);
      }
      const use = node.type === 'Identifier' ? uses.get(String(node.name)) : undefined;
      if (use === undefined || (labels.has(part) && !parent.computed)) return;
      if (declarations.has(`${parent.type}.${part}`)) {
        this.error(`${id} has another ${node.name} beside the one of Node`);
      }
      // `new f().X()` would make an `f`.
      const text = parent.type === 'NewExpression' ? `(${use})` : use;
      edits.push([node, parent.shorthand ? `${node.name}: ${text}` : text]);
    });
    const imports = [...loaders].map(
      ([source, loader]) => `import { builtin as ${loader} } from ${JSON.stringify(mark + source)};\n`,
    );
    return imports.join('') + edited(code, edits);
  },
});

/** What a CommonJS module of others asks for is loaded where it asks. */
const required = /\brequire(?=\(['"]node:\w+['"]\))/g;

const sourceOf = ({ source }: Node) => String((source as { value?: unknown } | undefined)?.value);

/** Parts of a node that name something without being a variable. */
const labels = new Set(['property', 'key', 'imported', 'local', 'exported', 'label']);

/** Where a name is given to something new. */
const declarations = new Set([
  'VariableDeclarator.id',
  'FunctionDeclaration.id',
  'FunctionDeclaration.params',
  'FunctionExpression.params',
  'ArrowFunctionExpression.params',
  'CatchClause.param',
  'ArrayPattern.elements',
  'ObjectPattern.value',
  'AssignmentPattern.left',
  'RestElement.argument',
]);

function visit(node: Node, each: (node: Node, parent: Node, part: string) => void): void {
  for (const [part, value] of Object.entries(node)) {
    for (const child of [value].flat() as (Node | null | undefined)[]) {
      if (typeof child?.type !== 'string') continue;
      // What a pattern takes apart gives names, what an object is made of uses them.
      const parent = node.type === 'Property' && node.inPattern ? { ...node, type: 'ObjectPattern' } : node;
      if (node.type === 'ObjectPattern') child.inPattern = true;
      each(child, parent, part);
      visit(child, each);
    }
  }
}

function edited(code: string, edits: [place: Node, text: string][]): string {
  let at = 0;
  let result = '';
  for (const [{ start, end }, text] of edits.sort(([one], [other]) => one.start - other.start)) {
    if (start < at) continue;
    result += code.slice(at, start) + text;
    at = end;
  }
  return result + code.slice(at);
}
