import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { root } from './documents.ts';
import type { Document } from './markdown.ts';

/** The links of a document that lead nowhere, or cannot lead anywhere. Nothing is fetched. */
export const brokenLinks = (document: Document, all: readonly Document[]): string[] =>
  document.links.filter((link) =>
    /^[a-z][a-z+.-]*:/i.test(link) ? !isSensible(link) : !leadsSomewhere(link, document, all),
  );

function leadsSomewhere(link: string, document: Document, all: readonly Document[]): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? document.path : join(dirname(document.path), file);
  const target = path === document.path ? document : all.find((one) => one.path === path);
  if (target === undefined && (path.startsWith('..') || !existsSync(join(root, path)))) return false;
  if (anchor === undefined) return true;
  return target?.anchors.includes(anchor) ?? false;
}

/** An address that anybody can open: https, a public host, and no password in it. */
function isSensible(link: string): boolean {
  if (!URL.canParse(link)) return false;
  const { protocol, hostname, username, password } = new URL(link);
  const isPublic = /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/.test(hostname);
  return protocol === 'https:' && isPublic && username === '' && password === '' && !/[\s.,;“”…]$/.test(link);
}
