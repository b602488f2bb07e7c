import type { Page } from 'puppeteer';
import type { SimpleSaml } from '../rehearsal/simplesamlphp.ts';
import { type Stage, submitLogin } from './stage.ts';

/** Logs in at SimpleSAMLphp in a new tab and waits for the page that AWS ends on. */
export async function logInAtSimpleSaml(
  { browser }: Stage,
  idp: SimpleSaml,
  person: { name: string; password: string; roleArn?: string },
): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(idp.loginUrl);
  await page.type('[name=username]', person.name);
  await page.type('[name=password]', person.password);
  await submitLogin(page, 'form[name=f] button', person.roleArn);
  return page;
}
