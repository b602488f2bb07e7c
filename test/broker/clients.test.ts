import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrokerProcess, type BuiltBroker, buildBroker } from '../fixtures/broker-process.ts';
import { brokerKeys, machineAudience, stageConfig } from '../fixtures/broker-stage.ts';
import { startTokenIssuer, type TokenIssuer } from '../fixtures/token-issuer.ts';
import { needs } from '../needs.ts';
import { makeAuthority } from '../rehearsal/authority.ts';
import { callerIdentity } from '../rehearsal/caller-identity.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';

const aws = needs('aws');
const curl = needs('curl');
const botocore = needs('botocore');
const run = promisify(execFile);

/** Signs one call as a program that runs for long would, with what botocore finds by itself. */
const botocoreProgram = `
import sys, botocore.session
sts = botocore.session.get_session().create_client('sts', region_name='us-east-1', endpoint_url=sys.argv[1])
print(sts.get_caller_identity()['Arn'])
`;

describe('the broker, asked by', () => {
  let built: BuiltBroker;
  let rehearsal: Rehearsal;
  let issuer: TokenIssuer;
  let plain: BrokerProcess;
  let overTls: BrokerProcess;
  let trusted: string;
  let token: string;

  beforeAll(async () => {
    [built, rehearsal, issuer] = await Promise.all([buildBroker(), startRehearsal(), startTokenIssuer()]);
    const authority = await makeAuthority();
    const { cert, key } = await authority.issue(['localhost']);
    const put = (name: string, text: string) => {
      writeFileSync(join(built.folder, name), text);
      return join(built.folder, name);
    };
    trusted = put('ca.pem', authority.certificatePem);
    put('cert.pem', cert);
    put('key.pem', key);
    const env = {
      ...brokerKeys,
      AWS_ENDPOINT_URL_STS: rehearsal.stsHttpUrl,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const config = (more: object) => stageConfig(issuer.url, issuer.url, more as Record<string, unknown>);
    const tls = { cert: 'cert.pem', key: 'key.pem' };
    plain = await built.start(built.writeConfig(config({})), env);
    overTls = await built.start(built.writeConfig(config({ tls, audit: 'tls.log' }), 'tls.json'), env);
    token = await issuer.token({ aud: machineAudience, sub: 'repo:example/shop' });
  });
  afterAll(async () => {
    await built?.close();
    await Promise.all([issuer?.close(), rehearsal?.close()]);
  });

  const uri = () => `http://${plain.listen}/v1/roles/deploy`;
  const httpsUri = () => `https://localhost:${overTls.listen.split(':').at(-1)}/v1/roles/deploy`;
  const home = () => ({ HOME: built.folder, PATH: process.env.PATH ?? '' });
  const fromEnvironment = () => ({
    ...home(),
    AWS_CONTAINER_CREDENTIALS_FULL_URI: uri(),
    AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
  });
  const whoami = (env: Record<string, string>, path: string | null) =>
    callerIdentity({ env, stsHttpUrl: rehearsal.stsHttpUrl, aws: path }).then(({ answer }) =>
      JSON.parse(answer),
    );
  const deployed = expect.objectContaining({
    Arn: expect.stringMatching(/^arn:aws:sts::444455556666:assumed-role\/Deploy\/repo-example-shop-/),
  });

  describe.skipIf(aws.missing)('Debian’s AWS CLI', () => {
    it('signs a call with the container variables, and nothing of ours is installed', async () => {
      expect(await whoami(fromEnvironment(), aws.path)).toEqual(deployed);
    });

    it('refuses a host that is not this machine: it is too old for https elsewhere', async () => {
      const env = {
        ...fromEnvironment(),
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'https://broker.example/v1/roles/deploy',
      };
      await expect(whoami(env, aws.path)).rejects.toThrow(/Unsupported host 'broker.example'/);
    });

    it.skipIf(curl.missing)('takes credentials from curl as a credential_process, over TLS', async () => {
      writeFileSync(join(built.folder, 'token'), token);
      const asking = `curl -sSf --cacert ${trusted} -H "Authorization: $(cat ${built.folder}/token)" ${httpsUri()}`;
      const config = join(built.folder, 'config');
      writeFileSync(config, `[profile deploy]\ncredential_process = sh -c '${asking}'\n`);
      expect(await whoami({ ...home(), AWS_CONFIG_FILE: config, AWS_PROFILE: 'deploy' }, aws.path)).toEqual(
        deployed,
      );
    });

    it('fails with the broker’s words where the token is refused', async () => {
      const other = await issuer.token({ aud: machineAudience, sub: 'repo:else/where' });
      const env = { ...fromEnvironment(), AWS_CONTAINER_AUTHORIZATION_TOKEN: other };
      await expect(whoami(env, aws.path)).rejects.toThrow(
        /Received non 200 response 403|There is no such role/,
      );
    });
  });

  it.skipIf(botocore.missing)('Debian’s botocore', async () => {
    const { stdout } = await run(botocore.path, ['-c', botocoreProgram, rehearsal.stsHttpUrl], {
      env: fromEnvironment(),
    });
    expect(stdout).toMatch(/assumed-role\/Deploy\/repo-example-shop-/);
  });

  describe('the AWS SDK for JavaScript', () => {
    const withFile = (text: string) => {
      const file = join(built.folder, 'token-file');
      writeFileSync(file, text);
      return {
        ...home(),
        NODE_EXTRA_CA_CERTS: trusted,
        AWS_CONTAINER_CREDENTIALS_FULL_URI: httpsUri(),
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file,
      };
    };

    it('signs a call with a token file, over TLS', async () => {
      expect(await whoami(withFile(token), null)).toEqual(deployed);
      expect(built.audit('tls.log').at(-1)).toMatchObject({ outcome: 'issued', sub: 'repo:example/shop' });
    });

    it('fails where there is a newline at the end of the token file', async () => {
      await expect(whoami(withFile(`${token}\n`), null)).rejects.toThrow(/the signed call failed/);
    });
  });

  it('clients that try again four times, and AWS is asked once', async () => {
    const own = await issuer.token({ aud: machineAudience, sub: 'repo:example/site', jti: 'retried' });
    const before = rehearsal.requests.filter(({ action }) => action === 'AssumeRole').length;
    for (let tries = 0; tries < 4; tries += 1) {
      expect((await fetch(uri(), { headers: { authorization: own } })).status).toBe(200);
    }
    expect(rehearsal.requests.filter(({ action }) => action === 'AssumeRole').length).toBe(before + 1);
  });
});
