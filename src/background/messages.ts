import * as v from 'valibot';
import { type EnvFormat, envFormats } from '../core/env-vars.ts';
import type { Failure } from '../core/failure.ts';
import type { Result } from '../core/result.ts';
import type { Role } from '../core/role.ts';

/** Name of the port over which the background sends a `View`, at once and after each change. */
export const viewPort = 'view';

/** A role of a login, as the popup shows it. Never holds a secret. */
export interface RoleView extends Role {
  accountId: string;
  roleName: string;
  state: 'offered' | 'exchanging' | 'ready' | 'saving' | 'saved' | 'expired' | 'failed';
  /** The profile that it was, is being or could not be written to; else a suggestion. */
  profile: string;
  /** By the clock of this machine; milliseconds since the epoch. */
  endsAt?: number;
  /** Seconds. */
  shortened?: { asked: number; granted: number };
  /** What the person wants to ask for where the login does not say; seconds. */
  wish?: number;
  /** A name that no other login has. */
  suggestion: string;
  /** The administrator fixed the profile of this role. */
  fixed: boolean;
  /** Why there are no credentials, or why they are in no profile. */
  failure?: Failure;
}

export interface LoginView {
  id: string;
  /** Milliseconds since the epoch. */
  seenAt: number;
  issuer: string;
  sessionName?: string;
  /** What the assertion asks for; seconds. */
  sessionDuration?: number;
  /** Whether only AWS can read which roles there are. */
  encrypted: boolean;
  /** Of an encrypted login: the role that was chosen on AWS's page. */
  chosenRoleArn?: string;
  /** Whether a role can still be chosen. */
  open: boolean;
  roles: RoleView[];
  failure?: Failure;
}

/** All that the popup shows. */
export interface View {
  /** Newest first. */
  logins: LoginView[];
  /** Why no profile can be written at all. */
  hostFailure?: Failure;
  format: EnvFormat;
  bindings: BindingView[];
  policy: PolicyView;
}

/** A binding, as options shows it. */
export interface BindingView extends Role {
  issuer: string;
  profile: string;
  accountId: string;
  roleName: string;
  /** Made by the administrator: it cannot be changed here. */
  fixed: boolean;
}

/** What the administrator fixed, as far as the person meets it. */
export interface PolicyView {
  /** Sentences that say what is fixed; none where nothing is. */
  notes: string[];
  mayCopy: boolean;
  mayWrite: boolean;
  signInLinks: { title: string; url: string }[];
  failure?: Failure;
}

const text = v.pipe(v.string(), v.maxLength(4096));
const roleOfLogin = { loginId: text, role: v.strictObject({ roleArn: text, providerArn: text }) };

/** What the popup may ask of the background. */
export const messageSchema = v.variant('type', [
  /** Ask STS for this role, for the first time or again. */
  v.strictObject({ type: v.literal('obtain'), ...roleOfLogin }),
  /** Name a role of an encrypted assertion, and ask STS for it. */
  v.strictObject({ type: v.literal('name-role'), ...roleOfLogin }),
  v.strictObject({
    type: v.literal('save'),
    ...roleOfLogin,
    profile: text,
    takeOver: v.boolean(),
    replace: v.boolean(),
  }),
  /** How long sessions of this role shall be where the login does not say; seconds, 0 for what AWS gives. */
  v.strictObject({
    type: v.literal('wish-duration'),
    ...roleOfLogin,
    seconds: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(43_200)),
  }),
  v.strictObject({ type: v.literal('rename-binding'), issuer: text, role: roleOfLogin.role, profile: text }),
  v.strictObject({ type: v.literal('remove-binding'), issuer: text, role: roleOfLogin.role }),
  /** Drop every secret that is held, and the profiles that were written in this session of the browser. */
  v.strictObject({ type: v.literal('forget-everything') }),
  v.strictObject({ type: v.literal('env-vars'), ...roleOfLogin, format: v.picklist(envFormats) }),
]);

export type Message = v.InferOutput<typeof messageSchema>;

/** What the background answers to each message. */
export interface Answers {
  obtain: Result<void>;
  'name-role': Result<void>;
  save: Result<void>;
  'wish-duration': Result<void>;
  'rename-binding': Result<void>;
  'remove-binding': Result<void>;
  'forget-everything': Result<void>;
  'env-vars': Result<string>;
}
