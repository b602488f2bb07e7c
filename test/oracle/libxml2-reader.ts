import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What libxml2 makes of one response: its roles with their providers, or why it takes it for no XML. */
export interface Libxml2Reading {
  roles: [roleArn: string, providerArn: string][];
  refused?: string;
}

const program = fileURLToPath(new URL('./libxml2-reader.py', import.meta.url));

/** One libxml2 that reads batch after batch, since starting Python for each response would take too long. */
export function startLibxml2(python: string) {
  const child = spawn(python, ['-X', 'utf8', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async read(documents: Buffer[]): Promise<Libxml2Reading[]> {
      child.stdin.write(`${JSON.stringify(documents.map((document) => document.toString('base64')))}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('libxml2 ended early');
      return JSON.parse(value) as Libxml2Reading[];
    },
    async stop() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
