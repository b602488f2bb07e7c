import * as v from 'valibot';
import type { Role } from '../core/aws/role.ts';
import type { Failure } from '../core/failure.ts';
import { envFormats } from '../core/profile/env-vars.ts';
import type { ProfileSummary } from '../core/protocol/protocol.ts';
import type { Result } from '../core/result.ts';
import { type Settings, settingsChangeSchema } from './settings-schema.ts';

/** Name of the port over which the background sends a `View`, at once and after each change. */
export const viewPort = 'view';

/** A role of a login, as the popup shows it. Never holds a secret. */
export interface RoleView extends Role {
  accountId: string;
  roleName: string;
  state: 'offered' | 'exchanging' | 'ready' | 'saving' | 'saved' | 'expired' | 'failed' | 'forgotten';
  /** The profile that it was, is being or could not be written to or removed from; else a suggestion. */
  profile: string;
  /** By the clock of this machine; milliseconds since the epoch. */
  endsAt?: number;
  /** Seconds. */
  shortened?: { asked: number; granted: number };
  /** What the person wants to ask for where the login does not say; seconds, 0 for what AWS gives. */
  wish?: number;
  /** A name that no other login has. */
  suggestion: string;
  /** The administrator fixed the profile of this role. */
  fixed: boolean;
  /** The console of the role's partition, where the browser's own login was as this role. */
  consoleUrl?: string;
  /** Whether this login is bound to `profile`: it is written there by itself. Not under another name than known. */
  bound: boolean;
  /** The session name that STS vouches for; absent until there are credentials. */
  sessionName?: string;
  /** The name that the role's profile is for, where it is another one. */
  expectedName?: string;
  /** The administrator fixed that name. */
  nameFixed?: true;
  /** When the credentials were given; milliseconds since the epoch. With `endsAt` it tells how much is left. */
  startedAt?: number;
  /** Roles that are assumed from this one once it is written, and what became of them. */
  chained: ChainView[];
  /** Why there are no credentials, or why they are in no profile, or, forgotten, still in one. */
  failure?: Failure;
  /** Of what is saved: something beside it is not, or not every AWS tool reads it. */
  warnings?: readonly Failure[];
}

/** A role that is assumed from a profile's own (AssumeRole, an hour at most), with a profile of its own. */
export interface ChainView {
  /** The profile whose credentials ask. */
  source: string;
  roleArn: string;
  profile: string;
  accountId: string;
  roleName: string;
  state: 'waiting' | 'exchanging' | 'saved' | 'expired' | 'failed';
  endsAt?: number;
  startedAt?: number;
  failure?: Failure;
  /** Of what is saved: something beside it is not, or not every AWS tool reads it. */
  warnings?: readonly Failure[];
}

/** Something that happened, without any secret. */
export interface HistoryEntry {
  /** Milliseconds since the epoch. */
  at: number;
  what: 'login' | 'exchange' | 'write' | 'chain' | 'renew' | 'forget' | 'policy';
  outcome: 'done' | 'waiting' | 'failed';
  accountId?: string;
  roleName?: string;
  profile?: string;
  issuer?: string;
  /** As STS vouches for it. */
  sessionName?: string;
  failure?: Failure;
  /** How often this happened in a row. */
  times: number;
}

/** Where a renewal through an issuer's sign-in link stands. */
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
  /** Firefox's id of the container that the login was made in. */
  container?: string;
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
  /** What the person chose, with what the administrator fixed in its place. */
  settings: Settings;
  bindings: BindingView[];
  /** Role chains that are set, whether or not their source is logged in. */
  chains: ChainView[];
  /** Profiles that roles had before they were given other names, and that are still in the file. */
  left: LeftView[];
  /** Issuers that were met in bindings, links or logins, for sign-in links; sorted. */
  issuers: string[];
  /** Issuers whose names change at each login, so that they are not compared. */
  changingNames: string[];
  /** Profiles of the credentials file as the host tells, for completion and warnings; empty until it has. */
  profiles: ProfileSummary[];
  renewals: RenewalView[];
  /** Newest first. */
  history: HistoryEntry[];
  firstRun: FirstRunView;
  /** Where the host writes; absent until it has told. */
  host?: { version: string; credentialsFile: string; fixedByEnvironment: boolean };
  /** That others on this machine can use the credentials in the file, until the person has said that they know. */
  exposed?: Failure;
  /** The newest credentials are to be copied as soon as the popup can: the keyboard shortcut asked for it. */
  copyNewest: boolean;
  /** There are logins, or profiles that were written in this session of the browser. */
  canForget: boolean;
  /** Everything was forgotten, and nothing that would be is written by itself until the person acts again. */
  paused: boolean;
  policy: PolicyView;
}

/** The three steps of the first run, each ticked off by itself. */
export interface FirstRunView {
  hostInstalled: boolean;
  permissionGiven: boolean;
  loginSeen: boolean;
}

/** A profile that nothing refreshes any more, since its role goes to one of another name. */
export interface LeftView {
  profile: string;
  /** Until when its credentials are good; milliseconds since the epoch. */
  endsAt?: number;
  /** AWS tools get its credentials from Roleferry, by a line in the config file. */
  isProcess?: true;
  /** The host does not answer: whether it is still there is not known. */
  unsure?: true;
  /** The person said that it goes once this profile is written. */
  movesTo?: string;
}

/** A binding, as options shows it. */
export interface BindingView extends Role {
  issuer: string;
  /** Only logins of this container of Firefox go there. */
  container?: string | undefined;
  profile: string;
  /** Only logins of this name go there; absent until one is known. */
  sessionName?: string;
  accountId: string;
  roleName: string;
  /** Made by the administrator: it cannot be changed here. */
  fixed: boolean;
}

/** What changes of an import mean, in the order in which they are shown. */
export const importGroups = ['bindings', 'chains', 'links', 'behaviour', 'accounts', 'rest'] as const;

/** One thing that a file of settings would change here, in words for the person; all of them fit to be shown. */
export interface ImportChange {
  /** Of this very change as it is shown: when something about it has changed, it has another one. */
  id: string;
  group: (typeof importGroups)[number];
  /** A profile, an issuer, an account or a setting. */
  what: string;
  /** What there is now and would be replaced; nothing where it is new. */
  before: string[];
  after: string;
  /** What to know before saying yes. */
  notes: string[];
  /** Is taken over only by a yes of its own: something that is there would go or be touched. */
  alone: boolean;
  /** The change that must be taken over with this one. */
  needs?: string;
  /** Why it cannot be taken over. */
  refusal?: string;
  /** Switches keeping fresh on, for which the page has to ask the browser for a permission. */
  keepsFresh?: true;
}

/** All that a file of settings would change here; nothing where all is so already. */
export interface ImportReview {
  changes: ImportChange[];
  /** Why the names of profiles could not be looked for in the person's files. */
  hostFailure?: Failure;
}

/** What the administrator fixed, as far as the person meets it. */
export interface PolicyView {
  /** Sentences that say what is fixed; none where nothing is. */
  notes: string[];
  mayCopy: boolean;
  mayWrite: boolean;
  /** Whether settings files may be imported. */
  mayImport: boolean;
  signInLinks: { title: string; url: string }[];
  /** Settings that the administrator fixed. */
  fixed?: (keyof Settings)[];
  /** The longest session that may be asked for; seconds. */
  maxSessionDuration?: number;
  /** The browser has not handed the policy over yet: what it was last is shown, and nothing is decided before it comes. */
  awaited?: true;
  failure?: Failure;
}

const text = v.pipe(v.string(), v.maxLength(4096));
const roleOfLogin = { loginId: text, role: v.strictObject({ roleArn: text, providerArn: text }) };

/** The longest file of settings that is read; characters. */
export const longestSettingsFile = 5_000_000;

const settingsFileText = v.pipe(v.string(), v.maxLength(longestSettingsFile));

const roleOfBinding = { issuer: text, role: roleOfLogin.role, container: v.optional(text) };

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
    newName: v.exactOptional(v.boolean()),
  }),
  /** Whether session names change at each login of this issuer; where they do, they are not compared. */
  v.strictObject({ type: v.literal('set-names-change'), issuer: text, change: v.boolean() }),
  /**
   * How long sessions of this role shall be where the login does not say; seconds, 0 for what AWS gives, `null` for as
   * in the settings.
   */
  v.strictObject({
    type: v.literal('wish-duration'),
    ...roleOfLogin,
    seconds: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(43_200))),
  }),
  /** With a session name: makes a binding again that was removed, for the person that it was for. */
  v.strictObject({
    type: v.literal('rename-binding'),
    ...roleOfBinding,
    profile: text,
    sessionName: v.optional(text),
    /** What becomes of the profile that it had: it goes once the new one is written, or stays. Else that is asked. */
    old: v.exactOptional(v.picklist(['move', 'keep'])),
  }),
  v.strictObject({ type: v.literal('remove-binding'), ...roleOfBinding }),
  /** Take out of the file a profile that a role had before it was given another name. */
  v.strictObject({ type: v.literal('remove-left'), profile: text }),
  /** Let it stay, and ask no more. */
  v.strictObject({ type: v.literal('keep-left'), profile: text }),
  /** Ask STS for several roles side by side and write their profiles at once; each role's own result is in the view. */
  v.strictObject({
    type: v.literal('save-many'),
    loginId: text,
    roles: v.pipe(
      v.array(v.strictObject({ role: roleOfLogin.role, profile: text })),
      v.minLength(1),
      v.maxLength(500),
    ),
  }),
  /** Drop the credentials of this role, and the profile if it was written. */
  v.strictObject({ type: v.literal('forget-role'), ...roleOfLogin }),
  /** Replaces the settings that are given, `region: null` by none; those that the administrator fixed stay. */
  v.strictObject({ type: v.literal('change-settings'), settings: settingsChangeSchema }),
  v.strictObject({ type: v.literal('set-chain'), source: text, roleArn: text, profile: text }),
  v.strictObject({ type: v.literal('remove-chain'), profile: text }),
  /** Opens the sign-in link of an issuer in a tab of the background. */
  v.strictObject({ type: v.literal('renew'), issuer: text }),
  /** Settings, bindings, chains: no secrets. As JSON, to be kept in a file. */
  v.strictObject({ type: v.literal('export-settings') }),
  /** What a file of settings would change here; nothing is changed. */
  v.strictObject({ type: v.literal('review-import'), json: settingsFileText }),
  /** Takes over these changes of a file and no others, all of them or none. */
  v.strictObject({
    type: v.literal('import-settings'),
    json: settingsFileText,
    accepted: v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.minLength(1), v.maxLength(100_000)),
  }),
  /** Where the host is to write, `null` for AWS's own place, instead of `from`, which the person was shown. */
  v.strictObject({ type: v.literal('set-credentials-file'), from: text, path: v.nullable(text) }),
  /** Say no more that others can use the credentials in the file. */
  v.strictObject({ type: v.literal('dismiss-exposure') }),
  v.strictObject({ type: v.literal('clear-history') }),
  /** A report to copy into a bug report: versions, settings and history, with names and numbers taken out. */
  v.strictObject({ type: v.literal('report') }),
  /** The popup has copied the newest credentials. */
  v.strictObject({ type: v.literal('copied-newest') }),
  /** Drop every secret that is held, and the profiles that were written in this session of the browser. */
  v.strictObject({ type: v.literal('forget-everything') }),
  /** Ends the pause after everything was forgotten. */
  v.strictObject({ type: v.literal('write-again') }),
  v.strictObject({ type: v.literal('env-vars'), ...roleOfLogin, format: v.picklist(envFormats) }),
  /** Of the second role that has this profile. */
  v.strictObject({ type: v.literal('chain-env-vars'), profile: text, format: v.picklist(envFormats) }),
]);

export type Message = v.InferOutput<typeof messageSchema>;

/** What the background answers to each message. */
export interface Answers {
  obtain: Result<void>;
  'name-role': Result<void>;
  save: Result<void>;
  'set-names-change': Result<void>;
  'wish-duration': Result<void>;
  'rename-binding': Result<void>;
  'remove-binding': Result<void>;
  'remove-left': Result<void>;
  'keep-left': Result<void>;
  'forget-everything': Result<void>;
  'write-again': Result<void>;
  'save-many': Result<void>;
  'forget-role': Result<void>;
  'change-settings': Result<void>;
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
