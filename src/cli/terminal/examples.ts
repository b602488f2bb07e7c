/** The end of a command's help: each example with its purpose. */
export function examples(list: [command: string, purpose: string][]): string {
  const width = Math.max(...list.map(([command]) => command.length));
  const lines = list.map(([command, purpose]) => `  ${command.padEnd(width)}  ${purpose}`);
  return ['', 'Examples:', ...lines].join('\n');
}
