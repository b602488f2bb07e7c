import type { Define } from './program/define.ts';

interface CommandEntry {
  name: string;
  summary: string;
  /** Whether it works on the AWS files: then it must be clear where they are. */
  files?: true;
  /** Loaded only when it is asked for, so that the rest starts fast. */
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
    summary: 'write a profile of a role that your keys may assume',
    load: () => import('./commands/user.ts'),
  },
  {
    name: 'request',
    files: true,
    summary: "write a profile of a role that your company's broker gives you",
    load: () => import('./commands/request.ts'),
  },
  {
    name: 'inspect',
    summary: 'say what a SAML assertion holds, without asking AWS',
    load: () => import('./commands/inspect.ts'),
  },
  {
    name: 'list',
    files: true,
    summary: 'show the profiles, their accounts and roles, and how long they last',
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
    name: 'env',
    files: true,
    summary: 'print the credentials of a profile as env vars',
    load: () => import('./commands/env.ts'),
  },
  {
    name: 'configure-process',
    files: true,
    summary: 'have AWS tools ask Roleferry for a profile',
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
    summary: 'register the native host with the browsers of this user',
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
    summary: 'find out why it does not work, and what to do about it',
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'policy',
    summary: 'print the IAM policies that a role or a user needs',
    load: () => import('./commands/policy.ts'),
  },
  {
    name: 'completion',
    summary: 'print the script that lets a shell complete commands and profiles',
    load: () => import('./commands/completion.ts'),
  },
  {
    name: 'man-page',
    summary: 'print the manual page of all commands',
    load: () => import('./commands/man-page.ts'),
  },
];
