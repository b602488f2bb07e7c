import { homedir } from 'node:os';
import { printable, printableJson } from '../../core/words/printable.ts';
import { locateFiles, placesFailure } from '../../credentials-file/index.ts';
import { hostFiles } from '../../native-host/registration/host-files.ts';
import { ownSurroundings, type Surroundings } from '../../native-host/registration/system/surroundings.ts';
import { checkAgents } from '../doctor/check-agents.ts';
import { checkBrokers } from '../doctor/check-brokers.ts';
import { checkBrowsers } from '../doctor/check-browsers.ts';
import { checkClock } from '../doctor/check-clock.ts';
import { checkFiles } from '../doctor/check-files.ts';
import { checkInstallation } from '../doctor/check-installation.ts';
import { checkNetwork } from '../doctor/check-network.ts';
import { checkNoProxy } from '../doctor/check-no-proxy.ts';
import { checkOtherProfiles } from '../doctor/check-other-profiles.ts';
import { checkPermissions } from '../doctor/check-permissions.ts';
import { checkPolicy } from '../doctor/check-policy.ts';
import { checkProcessLines } from '../doctor/check-process-lines.ts';
import { checkSandboxes } from '../doctor/check-sandboxes.ts';
import { checkShellKeys } from '../doctor/check-shell-keys.ts';
import { checkTokenFile } from '../doctor/check-token-file.ts';
import { type Finding, ofFailure } from '../doctor/finding.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import type { Define } from '../program/define.ts';
import { insecureTlsOption } from '../sts/insecure-tls.ts';
import { examples } from '../terminal/examples.ts';
import { print } from '../terminal/print.ts';
import { styled } from '../terminal/styled.ts';

interface Options {
  online?: boolean;
  json?: boolean;
  insecureTls?: boolean;
}

export const define: Define = (command, { hostFile }) => {
  command
    .description(
      'Find problems and how to fix them: the host, its registration with the browsers, the ' +
        'AWS files, permissions, the policy of the machine and the clock. Starts the host as a browser does, and changes nothing. ' +
        'Exits with 1 if something is broken.',
    )
    .option('--online', 'also check that AWS STS can be reached, and compare the time')
    .option(...insecureTlsOption)
    .option('--json', 'print JSON, for programs')
    .addHelpText(
      'after',
      examples([
        ['roleferry doctor', 'everything on this machine'],
        ['roleferry doctor --online', 'the network and the clock as well'],
      ]),
    )
    .action(async ({ online = false, json, insecureTls = false }: Options) => {
      const ofMachine = await examine(ownSurroundings(), hostFile);
      const ofNetwork = online ? await checkNetwork(process.env, { insecureTls }) : [];
      const findings = [...ofMachine, ...ofNetwork].map(withPrintable);
      print(json ? `${printableJson(findings)}\n` : asText(findings));
      if (findings.some(({ level }) => level === 'broken')) process.exitCode = 1;
    });
};

async function examine(around: Surroundings, hostFile: string): Promise<Finding[]> {
  const files = filesOfHost();
  const unclear = placesFailure(around.env, around.platform);
  const ofShell = locateFiles(around.env, around.platform, homedir());
  const { host, wrapper, executable } = hostFiles(around);
  const installation = await checkInstallation(around, hostFile);
  const isInstalled = !installation.some(
    ({ check, level }) => check === 'installation' && level === 'broken',
  );
  return [
    ...installation,
    ...(isInstalled ? await checkBrowsers(around, ofShell) : []),
    ...checkSandboxes(around),
    ...(await checkPermissions(around, files)),
    ...(unclear ? [ofFailure('files', unclear)] : await checkFiles(files)),
    ...checkPolicy(files.machine),
    ...(await checkProcessLines(ofShell.configFile)),
    ...(await checkOtherProfiles(ofShell)),
    ...(await checkAgents(ofShell, around.env)),
    ...(await checkBrokers(files)),
    ...(await checkTokenFile(around.env, ofShell)),
    ...checkShellKeys(around.env),
    ...checkNoProxy(around.env),
    await checkClock([files.credentialsFile, files.configFile, host, wrapper, executable], Date.now()),
  ];
}

const withPrintable = (finding: Finding): Finding => ({
  ...finding,
  message: printable(finding.message),
  ...(finding.remedy && { remedy: printable(finding.remedy) }),
});

const marks = {
  ok: styled('green', '✓ ok     '),
  warning: styled('yellow', '! warning'),
  broken: styled('red', '✗ broken '),
};

function asText(findings: Finding[]): string {
  const lines = findings.flatMap(({ level, message, remedy }) => [
    `${marks[level]}  ${message}`,
    ...(remedy === undefined ? [] : [`           → ${remedy}`]),
  ]);
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  return [...lines, '', summary(count('broken'), count('warning')), ''].join('\n');
}

function summary(broken: number, warnings: number): string {
  const told = warnings === 1 ? '1 warning' : `${warnings} warnings`;
  if (broken > 0) return `${broken} broken, ${told}`;
  return warnings > 0 ? `no errors, ${told}` : 'no problems found';
}
