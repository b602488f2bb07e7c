import { accessSync, closeSync, constants, lstatSync, openSync, statSync, writeSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { type FailureCode, failure } from '../core/failure.ts';
import type { Reason } from '../core/failure-reasons.ts';
import type { PolicyQuestion } from '../core/policy/forbidden-delivery.ts';
import type { Policy } from '../core/policy/policy.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { errorCode, isNoSpace, reasonOf } from '../disk/fs-failure.ts';
import type { Machine } from './read-policy.ts';

/** Which of our programs decided. */
export type Program = 'host' | 'cli';

/** One decision about credentials; nothing in it is secret. */
export interface AuditEntry extends PolicyQuestion {
  /** The same in both lines of one that was allowed and then failed. */
  id: string;
  program: Program;
  /**
   * `allowed`: it is about to be done. `refused`: by the policy, and nothing was done. `failed`: it was allowed, and
   * then it was not done.
   */
  outcome: 'allowed' | 'refused' | 'failed';
  /** Why not. */
  code?: FailureCode;
}

/** A system's log takes lines of 1 KiB, so the longest fields are cut. */
const longestField = 200;

/** How long the system's log may take for a line, in milliseconds. */
const patience = 5_000;

/**
 * Writes one line where the policy wants it. Failure: `audit-not-written`, and then what the line tells of must not be
 * done.
 */
export async function writeAudit(
  { audit }: Policy,
  machine: Machine,
  entry: AuditEntry,
  now: number,
): Promise<Result<void>> {
  const line = Buffer.from(`${auditLine(entry, now)}\n`);
  const inFile = audit?.file === undefined ? ok(undefined) : appendLine(audit.file, line);
  if (!inFile.ok || !audit?.system) return inFile;
  return sendToLog(machine, line);
}

/** What keeps lines from being written, as far as can be told without writing one. Failure: as above. */
export function auditObstacle({ audit }: Policy, machine: Machine): Result<void> {
  const inFile = audit?.file === undefined ? ok(undefined) : appendLine(audit.file, undefined);
  return inFile.ok && audit?.system ? logObstacle(machine) : inFile;
}

/** The line without its end: JSON in ASCII, whatever the values are. */
function auditLine(entry: AuditEntry, now: number): string {
  const { id, program, outcome, code, arn, profile, source } = entry;
  // Stryker disable next-line ArrayDeclaration: only what stands behind the first is read
  const [, account, kind, named] = /^arn:[\w-]+:\w+::(\d+):([\w-]+)\/(.+)$/.exec(arn) ?? [];
  const parts = named?.split('/') ?? [];
  const [role, session] = kind === 'assumed-role' ? parts : [parts.at(-1)];
  // Stryker disable next-line ConditionalExpression: a word has neither issuer nor provider
  const login = typeof source === 'object' ? source : undefined;
  const fields = {
    time: new Date(now).toISOString(),
    id,
    program,
    outcome,
    code,
    profile,
    account,
    role,
    session,
    issuer: login?.issuer,
    provider: login?.providerArn,
  };
  const shown = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`"${name}":${asciiJson(value)}`],
  );
  return `{${shown.join(',')}}`;
}

function asciiJson(text: string): string {
  let json = '';
  for (const unit of text.split('')) {
    const escaped = /[ -~]/.test(unit)
      ? JSON.stringify(unit).slice(1, -1)
      : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    if (json.length + escaped.length > longestField) break;
    json += escaped;
  }
  return `"${json}"`;
}

/**
 * In one write, so that lines of several programs do not mix. A link is not followed: it may be anybody's. Without a
 * line it is only tried whether there could be one.
 */
function appendLine(file: string, line: Buffer | undefined): Result<void> {
  const not = (reason: Reason<'file' | 'audit'>) => failed(failure('audit-not-written', { file, reason }));
  if (!isAbsolute(file)) return not('relative');
  const { O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  try {
    if (line === undefined && lstatSync(file, { throwIfNoEntry: false }) === undefined) {
      accessSync(dirname(file), constants.W_OK);
      return ok(undefined);
    }
    const descriptor = openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOFOLLOW, 0o600);
    try {
      const isWhole = line === undefined || writeSync(descriptor, line) === line.length;
      // Stryker disable next-line StringLiteral: no test can fill a disk in the middle of a line
      return isWhole ? ok(undefined) : not('partly');
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (isNoSpace(error)) return not('no-space');
    return not(errorCode(error) === 'ELOOP' ? 'link' : reasonOf(error));
  }
}

async function sendToLog(machine: Machine, line: Buffer): Promise<Result<void>> {
  const obstacle = logObstacle(machine);
  // Stryker disable next-line ConditionalExpression: a machine without one is an obstacle
  if (!obstacle.ok || machine.logger === undefined) return obstacle;
  // Few machines want it, and it takes a while to load.
  const { spawnSync } = await import('node:child_process');
  const { status, error } = spawnSync(machine.logger, ['-t', 'roleferry', '-p', 'auth.info'], {
    input: line,
    env: {},
    timeout: patience,
    // Stryker disable next-line ArrayDeclaration,StringLiteral: nobody reads what the logger says
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  if (error !== undefined) return notInLog(reasonOf(error));
  return status === 0
    ? ok(undefined)
    : notInLog({ is: 'logger-ended', logger: machine.logger, status: String(status) });
}

function logObstacle({ logger, logSocket }: Machine): Result<void> {
  if (logger === undefined) return notInLog('windows');
  if (!isThere(logger)) return notInLog({ is: 'no-logger', logger });
  if (logSocket !== undefined && !isThere(logSocket)) return notInLog({ is: 'no-socket', socket: logSocket });
  return ok(undefined);
}

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

const notInLog = (reason: Reason<'file' | 'audit'>) => failed(failure('audit-not-written', { reason }));
