/** The variables by which coding agents mark the programs that they run, and one for those that have none. */
const marks = [
  'AI_AGENT',
  'CLAUDECODE',
  'CODEX_SANDBOX',
  'CURSOR_AGENT',
  'GEMINI_CLI',
  'GOOSE_TERMINAL',
  'ROLEFERRY_AGENT',
];

/**
 * Whether a program in this environment gets no more than a profile that may only read: the user wants that for agents
 * (`ROLEFERRY_AGENTS`), and it is marked as one, also by a variable that `ROLEFERRY_AGENT_MARKS` names.
 */
export function mayOnlyRead(env: NodeJS.ProcessEnv): boolean {
  // Whatever it says: a typo must not take the limit away.
  if (!env.ROLEFERRY_AGENTS) return false;
  const own = (env.ROLEFERRY_AGENT_MARKS ?? '').split(/[\s,]+/).filter((name) => name !== '');
  return [...marks, ...own].some((name) => env[name]);
}
