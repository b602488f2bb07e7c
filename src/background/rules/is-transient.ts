import type { Failure, FailureCode } from '../../core/failure.ts';

const passing: readonly FailureCode[] = [
  'sts-throttled',
  'sts-unavailable',
  'sts-unreachable',
  // A captive portal, until somebody has logged in to it.
  'sts-not-aws',
  'sts-redirected',
  'host-exited',
  'host-silent',
  'host-gone',
  'file-busy',
];

/** Whether the same may go well in a minute, with nothing changed by anybody: network, AWS, or a file in use. */
export const isPassing = ({ code }: Failure): boolean => passing.includes(code);

/** Whether something was refused only because the policy had not come or could not be read: with it, it may go well. */
export const isForWantOfPolicy = (reason: Failure | undefined): boolean =>
  reason?.code === 'policy-awaited' || reason?.code === 'policy-invalid';
