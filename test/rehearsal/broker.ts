import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import type { Rehearsal } from './server.ts';
import { accounts, iamArn } from './world.ts';

/** The keys of the rehearsal's IAM user that the broker is. */
export const brokerKeys = {
  AWS_ACCESS_KEY_ID: 'AKIAREHEARSALBROKER1',
  AWS_SECRET_ACCESS_KEY: 'rehearsal/only/secret/of/broker/00000001',
};

export interface BrokerOptions {
  rehearsal: Rehearsal;
  /** Where its configuration and its audit go. */
  folder: string;
  /** The identity provider of people, whose group `aws-dev` has the role `dev`. */
  people: { issuer: string; clientId: string; redirectPort: number; scopes: string[] };
  /** The issuer of machines, whose subject `repo:example/shop` has the role `deploy`. */
  machines: { issuer: string };
  /** A file with the certificate of an authority that it must trust. */
  caFile?: string;
}

/** The built broker, as it is shipped, in a process of its own. */
export interface BrokerProgram {
  url: string;
  auditFile: string;
  close(): Promise<void>;
}

/** Starts dist/node/broker.cjs on loopback, in front of the rehearsal's STS. */
export async function startBroker(options: BrokerOptions): Promise<BrokerProgram> {
  const { rehearsal, folder, caFile } = options;
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}`;
  const file = join(folder, 'broker.json');
  await writeFile(file, JSON.stringify({ url, listen, ...configuration(url, options) }, null, 2));
  const program = fileURLToPath(new URL('../../dist/node/broker.cjs', import.meta.url));
  const child = spawn(process.execPath, [program, '--config', file], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...brokerKeys,
      AWS_ENDPOINT_URL_STS: rehearsal.stsHttpUrl,
      AWS_CONFIG_FILE: '/nonexistent/config',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
      AWS_REGION: 'us-east-1',
      ...(caFile !== undefined && { NODE_EXTRA_CA_CERTS: caFile }),
    },
  });
  await listening(child);
  return {
    url,
    auditFile: join(folder, 'audit.log'),
    async close() {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.kill('SIGINT')) await ended;
    },
  };
}

const configuration = (url: string, { people, machines }: BrokerOptions) => ({
  audit: 'audit.log',
  issuers: {
    people: {
      issuer: people.issuer,
      audience: people.clientId,
      login: { scopes: people.scopes, redirectPort: people.redirectPort },
    },
    machines: { issuer: machines.issuer, audience: url },
  },
  roles: {
    dev: {
      arn: iamArn(accounts.development, 'role/brokered/Dev'),
      sessionName: '{email}',
      sourceIdentity: '{email}',
      allow: [{ issuer: 'people', claims: { groups: 'aws-dev' } }],
    },
    deploy: {
      arn: iamArn(accounts.production, 'role/brokered/Deploy'),
      externalId: 'rehearsal-broker',
      allow: [{ issuer: 'machines', claims: { sub: 'repo:example/shop' } }],
    },
  },
});

function listening(child: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk) => {
      said += chunk;
      if (/"listening"/.test(said)) resolve();
    });
    child.once('exit', () => reject(new Error(`the broker did not start: ${said}`)));
  });
}
