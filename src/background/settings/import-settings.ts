import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { browser } from '../../webext/browser.ts';
import type { ImportChange, ImportReview } from '../../webext/import-review.ts';
import { rebind } from '../profiles/rebind.ts';
import { readOwnBindings } from '../rules/bindings.ts';
import { readPolicy } from '../rules/read-policy.ts';
import { forgetRuns } from '../state/chain-runs.ts';
import { readChains, removeChain, setChain } from '../state/chains.ts';
import type { Memory } from '../state/memory.ts';
import { proposalsOf } from './import-review.ts';
import { type Proposal, readHere } from './proposal.ts';
import { changeSettings, readChosenSettings } from './settings.ts';
import { readSettingsFile } from './settings-file.ts';

/**
 * What a file of settings would change. Changes nothing. Failures: `import-refused`, `policy-no-imports`,
 * `policy-invalid`.
 */
export async function reviewImport(memory: Memory, json: string): Promise<Result<ImportReview>> {
  const read = await review(memory, json);
  if (!read.ok) return read;
  const { changes, hostFailure } = read.value;
  return ok({
    changes: changes.map(({ shown }) => shown),
    ...(hostFailure === undefined ? {} : { hostFailure }),
  });
}

/**
 * Makes the changes with these ids, which the user accepted: all of them, or none if one is no longer as it was shown.
 * Failures: as above; `import-changed`, `unexpected`.
 */
export async function importSettings(
  memory: Memory,
  json: string,
  accepted: readonly string[],
): Promise<Result<void>> {
  const read = await review(memory, json);
  if (!read.ok) return read;
  const ids = new Set(accepted);
  const taken = read.value.changes.filter(({ shown }) => ids.has(shown.id));
  const isWhole = taken.every(({ shown: { needs, refusal } }) => {
    return refusal === undefined && (needs === undefined || ids.has(needs));
  });
  if (taken.length !== ids.size || !isWhole) return failed(failure('import-changed'));
  const puts = taken.map(({ put }) => put);
  const wantsToKnow = puts.some(({ settings }) => settings?.keepFresh);
  if (wantsToKnow && !(await browser.permissions.contains({ permissions: ['idle'] }))) {
    return failed(failure('import-refused', { reason: 'no-idle-permission' }));
  }
  return putAll(memory, puts);
}

type Put = Proposal['put'];

/** Makes all changes. If one cannot be stored, everything is put back. */
async function putAll(memory: Memory, puts: readonly Put[]): Promise<Result<void>> {
  const [settings, bindings, chains] = await Promise.all([
    readChosenSettings(memory),
    readOwnBindings(memory),
    readChains(memory),
  ]);
  try {
    await putSettings(memory, puts);
    await putChains(memory, puts);
    await rebind(
      memory,
      puts.flatMap(({ binding }) => binding ?? []),
    );
    return ok(undefined);
  } catch {
    await browser.storage.local.set({ settings, bindings, chains });
    return failed(failure('unexpected', { where: 'browser-storage' }));
  }
}

async function putSettings(memory: Memory, puts: readonly Put[]): Promise<void> {
  const before = await readChosenSettings(memory);
  const given = puts.flatMap(({ settings }) => settings ?? []);
  const accounts = Object.assign({}, before.accounts, ...given.map((one) => one.accounts));
  const issuerNames = Object.assign({}, before.issuerNames, ...given.map((one) => one.issuerNames));
  const signInLinks = Object.assign({}, before.signInLinks, ...given.map((one) => one.signInLinks));
  if (given.length > 0)
    await changeSettings(memory, Object.assign({}, ...given, { accounts, issuerNames, signInLinks }));
}

/** Before the bindings, so that second roles follow renamed sources. */
async function putChains(memory: Memory, puts: readonly Put[]): Promise<void> {
  // A second role that had the profile before loses it.
  const given = new Set(puts.map(({ binding }) => binding?.profile));
  const lost = (await readChains(memory)).filter(({ profile }) => given.has(profile));
  await Promise.all([
    ...lost.map(({ profile }) => removeChain(memory, profile)),
    ...puts.map(({ chain }) => chain && setChain(memory, chain)),
  ]);
  await forgetRuns(memory, ...puts.flatMap(({ binding, chain }) => (binding ?? chain)?.profile ?? []));
}

/** A change as it is shown, and what it does. */
interface Reviewed {
  shown: ImportChange;
  put: Put;
}

async function review(
  memory: Memory,
  json: string,
): Promise<Result<Pick<ImportReview, 'hostFailure'> & { changes: Reviewed[] }>> {
  const policy = await readPolicy(memory);
  if (!policy.ok) return policy;
  if (policy.value.forbidImports) return failed(failure('policy-no-imports'));
  const file = readSettingsFile(json);
  if (!file.ok) return file;
  const here = await readHere(memory);
  const proposals = await Promise.all(
    proposalsOf(file.value, here).map(async (proposal) => ({ proposal, id: await idOf(proposal) })),
  );
  const bindingIds = new Map(
    proposals.flatMap(({ id, proposal: { put } }) => (put.binding ? [[put.binding.profile, id]] : [])),
  );
  const changes = proposals.map(({ id, proposal: { put, needsProfile, ...shown } }): Reviewed => {
    const needs = needsProfile === undefined ? undefined : bindingIds.get(needsProfile);
    return { shown: { id, ...shown, ...(needs === undefined ? {} : { needs }) }, put };
  });
  return ok({ changes, ...(here.files.ok ? {} : { hostFailure: here.files.failure }) });
}

/** A hash of what is shown of a change and what it does, so that no other can replace it. */
async function idOf(proposal: Proposal): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(proposal));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
