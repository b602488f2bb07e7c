/**
 * Whether a host is this machine, where nobody can listen in. `hostname` is as `URL` has it, which writes each
 * address in one way.
 */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
