import type { Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Login } from '../../src/background/state/login.ts';
import type { ResponseOptions } from '../rehearsal/saml-response.ts';
import { accounts } from '../rehearsal/world.ts';
import { type HostileForm, submitForm } from './attacker.ts';
import type { Belongings, Victim } from './victim.ts';

/** What the tests of a suite share in which someone attacks a victim. */
export interface Scene {
  victim: Victim;
  /** The attacker's; a new one for each test. */
  page: Page;
  /** What the victim must have after the test. A test may change it only if the victim logs in. */
  before: Belongings;
  openPage(): Promise<Page>;
  /** The form field `SAMLResponse` of the attacker's own identity provider, unless another user is named. */
  issue(options?: ResponseOptions & { user?: string }): string;
  /** Posts a response to AWS from the attacker's page and waits for what the extension makes of it. */
  attack(response: string, form?: Partial<HostileForm>): Promise<Login>;
  /** The roles that STS was asked for while `act` ran. */
  askedDuring(act: () => Promise<unknown>): Promise<(string | null)[]>;
}

/**
 * Sets the scene for the suite that calls this. After each test the files are the same byte for byte, and so is all
 * that the extension keeps on the disk.
 */
export function underAttack(open: () => Promise<Victim>): Scene {
  const exchanges = () =>
    scene.victim.stage.rehearsal.requests.filter(({ action }) => action === 'AssumeRoleWithSAML');
  const scene = {
    openPage: () => scene.victim.visit('lottery.rehearsal.test'),
    issue: (options) => scene.victim.stage.rehearsal.issueResponse({ user: 'mallory', ...options }),
    async attack(response, form) {
      await submitForm(scene.page, { fields: [['SAMLResponse', response]], ...form });
      return scene.victim.settled(response);
    },
    async askedDuring(act) {
      const before = exchanges().length;
      await act();
      return exchanges()
        .slice(before)
        .map(({ form }) => form.get('RoleArn'));
    },
  } as Scene;

  beforeAll(async () => {
    scene.victim = await open();
  });

  afterAll(async () => {
    // Nothing was written late either, between two tests.
    const end = await scene.victim?.belongings();
    await scene.victim?.close();
    expect(end?.credentials).not.toContain(accounts.attacker);
    expect(JSON.stringify(end?.stored)).not.toContain(accounts.attacker);
  });

  beforeEach(async () => {
    scene.page = await scene.openPage();
    scene.before = await scene.victim.belongings();
  });

  afterEach(async () => {
    await scene.victim.closeTabs();
    expect(await scene.victim.belongings()).toEqual(scene.before);
  });

  return scene;
}

/** How far each role of a login has come, or the code of what was in its way. */
export const codesOf = ({ sessions }: Login): string[] =>
  sessions.map((session) => (session.step === 'failed' ? session.failure.code : session.step));
