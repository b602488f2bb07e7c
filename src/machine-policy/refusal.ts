import type { Failure } from '../core/failure.ts';
import {
  forbiddenDelivery,
  forbiddenLength,
  type PolicyQuestion,
} from '../core/policy/forbidden-delivery.ts';
import { type Machine, readMachinePolicy } from './read-policy.ts';

/** Credentials that are to be written or handed out. */
export interface Judged extends PolicyQuestion {
  /** When they end; ISO 8601. */
  expiration: string;
}

/** Why credentials that are in a file already may not be handed out. */
export function refusalByPolicy(machine: Machine | undefined, question: Judged): Failure | undefined {
  const policy = readMachinePolicy(machine);
  if (!policy.ok) return policy.failure;
  if (policy.value === undefined) return undefined;
  return (
    forbiddenDelivery(policy.value, question) ??
    forbiddenLength(policy.value, question.expiration, Date.now())
  );
}
