/** Writes what happened to the broker itself; decisions go to the audit. Nothing in it is a token or a key. */
export type Log = (event: string, details?: Record<string, unknown>) => void;

/** Lines of JSON on stderr. */
export const logToStderr: Log = (event, details = {}) => {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...details })}\n`);
};
