import type { Define } from './program/define.ts';

interface CommandEntry {
  name: string;
  summary: string;
  /** Whether it uses the AWS files, so that their place must be clear. */
  files?: true;
  /** Loaded on demand, for a fast start. */
  load: () => Promise<{ define: Define }>;
}

/** Every command, in the order in which help lists them. */
export const commands: CommandEntry[] = [
  {
    name: 'saml',
    files: true,
    summary: 'write a profile from the SAML assertion on stdin',
    load: () => import('./commands/saml.ts'),
  },
  {
    name: 'user',
    files: true,
    summary: 'write a profile for a role that your keys may assume',
    load: () => import('./commands/user.ts'),
  },
  {
    name: 'request',
    files: true,
    summary: "write a profile for a role from your company's broker",
    load: () => import('./commands/request.ts'),
  },
  {
    name: 'inspect',
    summary: 'show what a SAML assertion contains, without asking AWS',
    load: () => import('./commands/inspect.ts'),
  },
  {
    name: 'list',
    files: true,
    summary: 'show profiles with account, role and time left',
    load: () => import('./commands/list.ts'),
  },
  {
    name: 'login',
    files: true,
    summary: 'log in in the browser and wait for the credentials',
    load: () => import('./commands/login.ts'),
  },
  {
    name: 'exec',
    files: true,
    summary: 'run a command with the credentials of a profile',
    load: () => import('./commands/exec.ts'),
  },
  {
    name: 'shell',
    files: true,
    summary: 'start your shell with the credentials of a profile',
    load: () => import('./commands/shell.ts'),
  },
  {
    name: 'env',
    files: true,
    summary: 'print the credentials of a profile as env vars',
    load: () => import('./commands/env.ts'),
  },
  {
    name: 'console',
    files: true,
    summary: 'open the AWS console with a profile',
    load: () => import('./commands/console.ts'),
  },
  {
    name: 'serve',
    files: true,
    summary: 'hand out the credentials of a profile to programs and containers',
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'configure-process',
    files: true,
    summary: 'make a profile use credential_process',
    load: () => import('./commands/configure-process.ts'),
  },
  {
    name: 'credential-process',
    files: true,
    summary: 'print the credentials of a profile for an AWS tool',
    load: () => import('./commands/credential-process.ts'),
  },
  {
    name: 'forget',
    files: true,
    summary: 'remove temporary credentials from the credentials file',
    load: () => import('./commands/forget.ts'),
  },
  {
    name: 'install',
    summary: 'register the native host with your browsers',
    load: () => import('./commands/install.ts'),
  },
  {
    name: 'uninstall',
    files: true,
    summary: 'undo install',
    load: () => import('./commands/uninstall.ts'),
  },
  {
    name: 'doctor',
    summary: 'find problems and how to fix them',
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'policy',
    summary: 'print the IAM policies that a role or user needs',
    load: () => import('./commands/policy.ts'),
  },
  {
    name: 'completion',
    summary: 'print the script for completion in a shell',
    load: () => import('./commands/completion.ts'),
  },
  {
    name: 'man-page',
    summary: 'print the manual page of all commands',
    load: () => import('./commands/man-page.ts'),
  },
];
