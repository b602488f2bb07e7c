import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as v from 'valibot';
import { printable } from '../../core/words/printable.ts';
import { type Config, configSchema, isLocalAddress } from './schema.ts';

/** What is wrong with a configuration: where, and what to do. */
export interface Problem {
  /** As in `roles.dev.arn`; empty for the file itself. */
  path: string;
  hint: string;
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: Problem[] };

/** Reads a configuration from `file`. Names of files in it count from its folder. */
export function readConfig(file: string): ConfigResult {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refused('', code === 'ENOENT' ? 'is not there' : `cannot be read: ${code}`);
  }
  const read = parseConfig(text);
  if (!read.ok) return read;
  const absolute = (path: string) => resolve(dirname(file), path);
  const { config } = read;
  if (config.tls) config.tls = { cert: absolute(config.tls.cert), key: absolute(config.tls.key) };
  if (config.audit !== undefined) config.audit = absolute(config.audit);
  for (const issuer of Object.values(config.issuers)) {
    if (issuer.jwksFile !== undefined) issuer.jwksFile = absolute(issuer.jwksFile);
  }
  return read;
}

/** Reads a configuration. It is taken as a whole or not at all: an unknown key is a misspelt one. */
function parseConfig(text: string): ConfigResult {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''), refuseOddKeys);
  } catch (error) {
    return refused('', error instanceof OddKey ? error.message : 'is not JSON');
  }
  const parsed = v.safeParse(configSchema, value);
  if (!parsed.success) return { ok: false, problems: parsed.issues.map(problemOf) };
  const problems = contradictions(parsed.output);
  return problems.length === 0 ? { ok: true, config: parsed.output } : { ok: false, problems };
}

const refused = (path: string, hint: string): ConfigResult => ({ ok: false, problems: [{ path, hint }] });

class OddKey extends Error {}

/** The schema would pass over these, and with them a claim that somebody meant. */
function refuseOddKeys(key: string, value: unknown): unknown {
  if (['__proto__', 'constructor', 'prototype'].includes(key))
    throw new OddKey(`may not have the key ${key}`);
  return value;
}

function problemOf(issue: v.BaseIssue<unknown>): Problem {
  const path = printable(v.getDotPath(issue) ?? '');
  if (issue.type === 'strict_object' && issue.expected === 'never') return { path, hint: 'is no known key' };
  if (issue.type === 'strict_object' && issue.received === 'undefined') return { path, hint: 'is missing' };
  return { path, hint: printable(issue.message).slice(0, 300) };
}

/** What does not go together, though each entry by itself is right. */
function contradictions(config: Config): Problem[] {
  const { listen, tls, issuers, roles } = config;
  const entries = Object.entries(issuers);
  const logins = entries.filter(([, { login }]) => login !== undefined);
  const pairs = entries.map(([, { issuer, audience }]) => JSON.stringify([issuer, audience]));
  const problems: Problem[] = [];
  if (tls === undefined && !isLocalAddress(listen)) {
    problems.push({
      path: 'listen',
      hint: 'must be of this machine (127.0.0.1, [::1]) where there is no "tls"',
    });
  }
  if (logins.length > 1) {
    problems.push({
      path: `issuers.${logins[1]?.[0]}.login`,
      hint: 'is the second one: people log in at one issuer',
    });
  }
  if (new Set(pairs).size < pairs.length) {
    problems.push({ path: 'issuers', hint: 'has one issuer with the same audience twice' });
  }
  for (const [name, { allow, tags }] of Object.entries(roles)) {
    const folded = new Set(Object.keys(tags).map((key) => key.toLowerCase()));
    if (folded.size < Object.keys(tags).length) {
      problems.push({
        path: `roles.${name}.tags`,
        hint: 'has a name twice: AWS does not tell capitals from small letters',
      });
    }
    for (const [index, rule] of allow.entries()) {
      if (Object.hasOwn(issuers, rule.issuer)) continue;
      problems.push({
        path: `roles.${name}.allow.${index}.issuer`,
        hint: `must be one of: ${Object.keys(issuers).join(', ')}`,
      });
    }
  }
  return problems;
}
