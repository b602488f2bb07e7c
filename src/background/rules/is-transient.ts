import type { Failure, FailureCode } from '../../core/failure.ts';

const transient: readonly FailureCode[] = [
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
export const isTransient = ({ code }: Failure): boolean => transient.includes(code);

/** Whether something was refused only because the policy had not come or could not be read. */
export const isPolicyMissing = (reason: Failure | undefined): boolean =>
  reason?.code === 'policy-awaited' || reason?.code === 'policy-invalid';
