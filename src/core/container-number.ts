/**
 * The number of a container of Firefox, out of the id that it has in `cookieStoreId`; `undefined` outside of any. Its
 * name would take a permission that switches containers on for everyone, see docs/decisions/0022-containers.md.
 */
export const containerNumber = (id: string | undefined): string | undefined =>
  id?.match(/^firefox-container-(\d+)$/)?.[1];
