/**
 * The number of a Firefox container, from its id in `cookieStoreId`; `undefined` outside containers. Its name would
 * need a permission that turns containers on for everyone, see docs/decisions/0022-containers.md.
 */
export const containerNumber = (id: string | undefined): string | undefined =>
  id?.match(/^firefox-container-(\d+)$/)?.[1];
