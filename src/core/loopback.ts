/**
 * Whether a host is this machine itself, where nobody can listen in on the way. `hostname` is as `URL` has it, which
 * writes every address in one way.
 */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
