import type { Role } from '../core/aws/role.ts';
import type { Rights } from '../core/aws/session-policy.ts';
import type { Failure } from '../core/failure.ts';
import type { Demands } from '../core/policy/demanded-policy.ts';
import type { ConfigProfile, ProfileSummary } from '../core/protocol/answers.ts';
import type { IssuerNames } from './issuer-names.ts';
import type { ChainView, LoginView } from './login-view.ts';
import type { Settings } from './settings-schema.ts';

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
  /** What a lesser role may do at most: a preset, or a policy of another kind. */
  rights?: Rights;
  failure?: Failure;
  /** How often this happened in a row. */
  times: number;
}

/** Whether the user has both names. */
export interface NameQuestion {
  loginId: string;
  issuer: string;
  /** The name that the profiles are for. */
  known: string;
  /** The login's name. */
  given: string;
  profiles: string[];
}

/** The state of a renewal through an issuer's sign-in link. */
export interface RenewalView {
  issuer: string;
  state: 'opening' | 'needs-you';
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
  /** Logins under another session name than several of their roles' profiles are for, to answer for all of these. */
  nameQuestions: NameQuestion[];
  /** The profiles in the credentials file, for completion and warnings; empty until the host has sent them. */
  profiles: ProfileSummary[];
  /** The profiles of the config file; empty until then, too. */
  configProfiles: ConfigProfile[];
  /** The regions of the config file, by profile, `default` among them. */
  regions: Readonly<Record<string, string>>;
  renewals: RenewalView[];
  /** Newest first. */
  history: HistoryEntry[];
  firstRun: FirstRunView;
  /** What the host said of itself; absent until it has. */
  host?: HostView;
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

/** The host as it said hello. */
export interface HostView {
  version: string;
  /** Where it writes. */
  credentialsFile: string;
  fixedByEnvironment: boolean;
  /** How to call the command line that installed it; older hosts don't say. */
  called?: string;
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
  /** Session policies that are demanded for roles. */
  sessionPolicies?: NonNullable<Demands['sessionPolicies']>;
  /** The browser has not delivered the policy yet: the last one is shown, and nothing is decided until it arrives. */
  awaited?: true;
  failure?: Failure;
}
