import * as v from 'valibot';
import type { Role } from '../core/aws/role.ts';
import type { Failure } from '../core/failure.ts';
import { accountIdSchema } from '../core/profile/account-names.ts';
import { envFormats } from '../core/profile/env-vars.ts';
import { type ProfileSummary, regionSchema } from '../core/protocol/protocol.ts';
import type { Result } from '../core/result.ts';
import type { IssuerNames } from './issuer-names.ts';
import { type Settings, settingsChangeSchema } from './settings-schema.ts';

/** A role of a login, as the popup shows it. Never contains a secret. */
export interface RoleView extends Role {
  accountId: string;
  roleName: string;
  state: 'offered' | 'exchanging' | 'ready' | 'saving' | 'saved' | 'expired' | 'failed' | 'forgotten';
  /** The profile it was or is being written to, or could not be written to or removed from; else a suggestion. */
  profile: string;
  /** By this machine's clock; milliseconds since the epoch. */
  endsAt?: number;
  /** Seconds. */
  shortened?: { asked: number; granted: number };
  /** The duration the user chose for logins that don't set one; seconds, 0 for AWS's default. */
  wish?: number;
  /** A name that no other login has. */
  suggestion: string;
  /** The administrator fixed this role's profile. */
  fixed: boolean;
  /**
   * Whether this login is bound to `profile`, and so written there automatically. False under another name than the
   * known one.
   */
  bound: boolean;
  /** Its profile is an on-demand profile. */
  onDemand?: true;
  /** The session name that STS confirmed; absent until there are credentials. */
  sessionName?: string;
  /** The name that the role's profile is for, if it differs. */
  expectedName?: string;
  /** The administrator fixed that name. */
  nameFixed?: true;
  /** When the credentials were given; milliseconds since the epoch. With `endsAt` it tells the share of time left. */
  startedAt?: number;
  /** Second roles assumed from this one once it is written, and their outcomes. */
  chained: ChainView[];
  /** Why there are no credentials, why they are in no profile, or, once forgotten, why they are still in one. */
  failure?: Failure;
  /** The credentials are saved, but something else isn't, or some AWS tools can't read it. */
  warnings?: readonly Failure[];
}

/** A second role (AssumeRole, an hour at most), with its own profile. */
export interface ChainView {
  /** The profile whose credentials are used. */
  source: string;
  roleArn: string;
  profile: string;
  accountId: string;
  roleName: string;
  state: 'waiting' | 'exchanging' | 'saved' | 'expired' | 'failed';
  endsAt?: number;
  startedAt?: number;
  failure?: Failure;
  /** The credentials are saved, but something else isn't, or some AWS tools can't read it. */
  warnings?: readonly Failure[];
}

/** Something that happened, without secrets. */
export interface HistoryEntry {
  /** Milliseconds since the epoch. */
  at: number;
  what: 'login' | 'exchange' | 'write' | 'chain' | 'renew' | 'forget' | 'policy';
  outcome: 'done' | 'waiting' | 'failed';
  accountId?: string;
  roleName?: string;
  profile?: string;
  issuer?: string;
  /** As STS confirmed it. */
  sessionName?: string;
  failure?: Failure;
  /** How often this happened in a row. */
  times: number;
}

/** The state of a renewal through an issuer's sign-in link. */
export interface RenewalView {
  issuer: string;
  state: 'opening' | 'needs-you';
}

export interface LoginView {
  id: string;
  /** Milliseconds since the epoch. */
  seenAt: number;
  issuer: string;
  sessionName?: string;
  /** What the assertion asks for; seconds. */
  sessionDuration?: number;
  /** The region of the sign-in host, if it has one. */
  region?: string;
  /** Firefox's id of the login's container. */
  container?: string;
  /** Whether only AWS can read the roles. */
  encrypted: boolean;
  /** For an encrypted login: the role chosen on AWS's page. */
  chosenRoleArn?: string;
  /** The role that the browser itself went into the console with, if that is known. */
  consoleRoleArn?: string;
  /** Whether a role can still be chosen. */
  open: boolean;
  roles: RoleView[];
  failure?: Failure;
}

/** Everything that popup and options show. */
export interface View {
  /** Newest first. */
  logins: LoginView[];
  /** Why no profile can be written at all. */
  hostFailure?: Failure;
  /** The user's settings, overridden by the administrator's. */
  settings: Settings;
  /** Names and colours of accounts that the user didn't choose. */
  accountOrigins: AccountOrigins;
  /** Whether names of accounts are read on AWS's page; else how many have none, if that is worth a question. */
  namesOnPage: { read: boolean; nameless?: number };
  bindings: BindingView[];
  /** All chains, whether or not their source is logged in. */
  chains: ChainView[];
  /** Profiles that roles had before they got other names, and that are still in the file. */
  left: LeftView[];
  /** Issuers that can be set up: those of bindings, settings and logins; sorted. */
  issuers: string[];
  /** The issuer to ask the sign-in link of, and what the link may be; empty if nothing tells. */
  linkOffer?: { issuer: string; link: string };
  /** The name of each issuer that is shown anywhere. */
  issuerNames: IssuerNames;
  /** Issuers whose names change at each login, so names are not compared. */
  changingNames: string[];
  /** The profiles in the credentials file, for completion and warnings; empty until the host has sent them. */
  profiles: ProfileSummary[];
  /** The regions of the config file, by profile, `default` among them. */
  regions: Readonly<Record<string, string>>;
  renewals: RenewalView[];
  /** Newest first. */
  history: HistoryEntry[];
  firstRun: FirstRunView;
  /** Where the host writes; absent until it has said so. */
  host?: { version: string; credentialsFile: string; fixedByEnvironment: boolean };
  /** Others on this machine can use the credentials in the file; until the user dismisses it. */
  exposed?: Failure;
  /** The popup should copy the newest credentials as soon as it can: the keyboard shortcut was pressed. */
  copyNewest: boolean;
  /** There are logins, or profiles written in this browser session. */
  canForget: boolean;
  /** Everything was forgotten, so nothing is written automatically until the user acts again. */
  paused: boolean;
  policy: PolicyView;
}

/** By account number: who gave its name and colour. The user, if nobody else is named. */
export type AccountOrigins = Record<string, { name?: 'policy' | 'page' | 'config'; colour?: 'policy' }>;

/** The three steps of the first run; each ticks itself off. */
export interface FirstRunView {
  hostInstalled: boolean;
  permissionGiven: boolean;
  loginSeen: boolean;
}

/** A profile that is no longer updated, because its role's profile has another name now. */
export interface LeftView {
  profile: string;
  /** When its credentials expire; milliseconds since the epoch. */
  endsAt?: number;
  /** A line in the config file makes AWS tools get its credentials from Roleferry. */
  isProcess?: true;
  /** The host doesn't answer, so whether it still exists is unknown. */
  unsure?: true;
  /** The user chose to remove it once this profile is written. */
  movesTo?: string;
}

/** A binding, as the options show it. */
export interface BindingView extends Role {
  issuer: string;
  /** Only logins in this Firefox container go there. */
  container?: string | undefined;
  profile: string;
  /** Only logins under this name go there; absent until one is known. */
  sessionName?: string;
  /** The region that the user gave the profile. */
  region?: string;
  accountId: string;
  roleName: string;
  /** Made by the administrator: it cannot be changed here. */
  fixed: boolean;
  /** STS is asked for the role once a tool uses the profile. */
  onDemand?: true;
  /** The newest login of its issuer does not offer the role any more. Only of on-demand profiles. */
  gone?: true;
}

/** Kinds of changes in an import, in the order shown. */
export const importGroups = ['bindings', 'chains', 'links', 'behaviour', 'accounts', 'rest'] as const;

/** A change in an imported file, in words that are safe to show. */
export interface ImportChange {
  /** Identifies exactly this change as shown: if anything about it differs, so does the id. */
  id: string;
  group: (typeof importGroups)[number];
  /** A profile, an issuer, an account or a setting. */
  what: string;
  /** The current value that would be replaced; empty if it is new. */
  before: string[];
  after: string;
  /** What to know before accepting. */
  notes: string[];
  /** Needs its own tick: something existing would be replaced or affected. */
  alone: boolean;
  /** The change that must be accepted with this one. */
  needs?: string;
  /** Why it cannot be accepted. */
  refusal?: string;
  /** Turns on “Keep fresh”, for which the page must request a permission. */
  keepsFresh?: true;
}

/** Every change in an imported file; empty if there are none. */
export interface ImportReview {
  changes: ImportChange[];
  /** Why profile names could not be checked against the user's files. */
  hostFailure?: Failure;
}

/** What the administrator has set, as far as the user notices. */
export interface PolicyView {
  /** Sentences that say what is fixed; empty if nothing is. */
  notes: string[];
  mayCopy: boolean;
  mayWrite: boolean;
  /** Whether settings files may be imported. */
  mayImport: boolean;
  signInLinks: { title: string; url: string }[];
  /** Settings that the administrator has set. */
  fixed?: (keyof Settings)[];
  /** The longest session that may be requested; seconds. */
  maxSessionDuration?: number;
  /** The browser has not delivered the policy yet: the last one is shown, and nothing is decided until it arrives. */
  awaited?: true;
  failure?: Failure;
}

const text = v.pipe(v.string(), v.maxLength(4096));
const roleOfLogin = { loginId: text, role: v.strictObject({ roleArn: text, providerArn: text }) };

/** The longest settings file that is read; characters. */
export const longestSettingsFile = 5_000_000;

const settingsFileText = v.pipe(v.string(), v.maxLength(longestSettingsFile));

const roleOfBinding = { issuer: text, role: roleOfLogin.role, container: v.optional(text) };

/** What popup and options may ask the background for. */
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
    newName: v.exactOptional(v.boolean()),
    /** For the profile, in the config file. */
    region: v.exactOptional(regionSchema),
  }),
  /** Another region for the profile of a binding, also in place of the one in the config file. */
  v.strictObject({ type: v.literal('set-region'), ...roleOfBinding, region: regionSchema }),
  /** Stop offering to keep an issuer's sign-in link. */
  v.strictObject({ type: v.literal('decline-link'), issuer: text }),
  /** Drop what the user set for an issuer: its name, its link, its bindings. */
  v.strictObject({ type: v.literal('forget-issuer'), issuer: text }),
  /** Whether this issuer's session names change at each login; then they are not compared. */
  v.strictObject({ type: v.literal('set-names-change'), issuer: text, change: v.boolean() }),
  /**
   * The session length of this role for logins that don't set one; seconds, 0 for AWS's default, `null` for the
   * settings' value.
   */
  v.strictObject({
    type: v.literal('wish-duration'),
    ...roleOfLogin,
    seconds: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(43_200))),
  }),
  /** With a session name: restores a removed binding for the user it was for. */
  v.strictObject({
    type: v.literal('rename-binding'),
    ...roleOfBinding,
    profile: text,
    sessionName: v.optional(text),
    /**
     * What happens to the old profile: remove it once the new one is written, or keep it. Otherwise the user is
     * asked.
     */
    old: v.exactOptional(v.picklist(['move', 'keep'])),
  }),
  v.strictObject({ type: v.literal('remove-binding'), ...roleOfBinding }),
  /** Remove a profile from the file that a role had before it got another name. */
  v.strictObject({ type: v.literal('remove-left'), profile: text }),
  /** Keep it, and stop asking. */
  v.strictObject({ type: v.literal('keep-left'), profile: text }),
  /** Ask STS for several roles at once and write their profiles together; the view has each role's result. */
  v.strictObject({
    type: v.literal('save-many'),
    loginId: text,
    roles: v.pipe(
      v.array(
        v.strictObject({ role: roleOfLogin.role, profile: text, region: v.exactOptional(regionSchema) }),
      ),
      v.minLength(1),
      v.maxLength(500),
    ),
  }),
  /** Make an on-demand profile for each of these roles: STS is asked once a tool uses it. */
  v.strictObject({
    type: v.literal('make-on-demand'),
    loginId: text,
    roles: v.pipe(
      v.array(
        v.strictObject({ role: roleOfLogin.role, profile: text, region: v.exactOptional(regionSchema) }),
      ),
      v.minLength(1),
      v.maxLength(1000),
    ),
  }),
  /** Remove these on-demand profiles, or all. */
  v.strictObject({
    type: v.literal('remove-on-demand'),
    profiles: v.exactOptional(v.pipe(v.array(text), v.minLength(1), v.maxLength(1000))),
  }),
  /** Drop this role's credentials, and the profile if it was written. */
  v.strictObject({ type: v.literal('forget-role'), ...roleOfLogin }),
  /** Replaces the given settings, `region: null` by none; those set by the administrator stay. */
  v.strictObject({ type: v.literal('change-settings'), settings: settingsChangeSchema }),
  /** Forgets the name that was found for an account, for good. */
  v.strictObject({ type: v.literal('forget-account-name'), accountId: accountIdSchema }),
  /** Stop asking whether names of accounts may be read on AWS's page. */
  v.strictObject({ type: v.literal('decline-names') }),
  v.strictObject({ type: v.literal('set-chain'), source: text, roleArn: text, profile: text }),
  v.strictObject({ type: v.literal('remove-chain'), profile: text }),
  /** Opens an issuer's sign-in link in a background tab. */
  v.strictObject({ type: v.literal('renew'), issuer: text }),
  /** Settings, bindings and chains, without secrets, as JSON to keep in a file. */
  v.strictObject({ type: v.literal('export-settings') }),
  /** What a settings file would change; changes nothing. */
  v.strictObject({ type: v.literal('review-import'), json: settingsFileText }),
  /** Imports exactly these changes of a file, all or none. */
  v.strictObject({
    type: v.literal('import-settings'),
    json: settingsFileText,
    accepted: v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.minLength(1), v.maxLength(100_000)),
  }),
  /** Where the host should write, `null` for AWS's default, and not to `from`, which the user was shown. */
  v.strictObject({ type: v.literal('set-credentials-file'), from: text, path: v.nullable(text) }),
  /** Stop saying that others can use the credentials in the file. */
  v.strictObject({ type: v.literal('dismiss-exposure') }),
  v.strictObject({ type: v.literal('clear-history') }),
  /** Text for a bug report: versions, settings and history, without names and numbers. */
  v.strictObject({ type: v.literal('report') }),
  /** The popup has copied the newest credentials. */
  v.strictObject({ type: v.literal('copied-newest') }),
  /** Drop every held secret, and the profiles written in this browser session. */
  v.strictObject({ type: v.literal('forget-everything') }),
  /** Ends the pause after everything was forgotten. */
  v.strictObject({ type: v.literal('write-again') }),
  v.strictObject({ type: v.literal('env-vars'), ...roleOfLogin, format: v.picklist(envFormats) }),
  /** Of the second role with this profile. */
  v.strictObject({ type: v.literal('chain-env-vars'), profile: text, format: v.picklist(envFormats) }),
]);

export type Message = v.InferOutput<typeof messageSchema>;

/** The background's answer to each message. */
export interface Answers {
  obtain: Result<void>;
  'name-role': Result<void>;
  save: Result<void>;
  'set-region': Result<void>;
  'decline-link': Result<void>;
  'forget-issuer': Result<void>;
  'set-names-change': Result<void>;
  'wish-duration': Result<void>;
  'rename-binding': Result<void>;
  'remove-binding': Result<void>;
  'remove-left': Result<void>;
  'keep-left': Result<void>;
  'forget-everything': Result<void>;
  'write-again': Result<void>;
  'save-many': Result<void>;
  'make-on-demand': Result<void>;
  'remove-on-demand': Result<void>;
  'forget-role': Result<void>;
  'change-settings': Result<void>;
  'forget-account-name': Result<void>;
  'decline-names': Result<void>;
  'set-chain': Result<void>;
  'remove-chain': Result<void>;
  renew: Result<void>;
  'export-settings': Result<string>;
  'review-import': Result<ImportReview>;
  'import-settings': Result<void>;
  'set-credentials-file': Result<void>;
  'dismiss-exposure': Result<void>;
  'clear-history': Result<void>;
  report: Result<string>;
  'copied-newest': Result<void>;
  'env-vars': Result<string>;
  'chain-env-vars': Result<string>;
}
