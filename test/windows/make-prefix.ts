import { ensureTemplate } from './prefix.ts';

/** Makes the Windows that the files of this project copy, once for all of them. */
export default async function setup(): Promise<void> {
  await ensureTemplate();
}
