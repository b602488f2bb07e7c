import * as v from 'valibot';
import { sessionPolicySchema } from '../core/aws/role-schema.ts';
import { accountIdSchema } from '../core/profile/account-names.ts';
import { envFormats } from '../core/profile/env-vars.ts';
import { regionSchema } from '../core/protocol/protocol.ts';
import type { Result } from '../core/result.ts';
import type { ImportReview } from './import-review.ts';
import { settingsChangeSchema } from './settings-schema.ts';

const text = v.pipe(v.string(), v.maxLength(4096));
const sessionPolicy = v.exactOptional(sessionPolicySchema);
const role = v.strictObject({ roleArn: text, providerArn: text, sessionPolicy });
const roleOfLogin = { loginId: text, role };

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
  /** Both session names are the user's: the profiles of this login's roles that are for `known` are for `given` now. */
  v.strictObject({ type: v.literal('accept-name'), loginId: text, known: text, given: text }),
  /**
   * Give a role another profile, with the rights that its session policy leaves. It is written now if a login can be
   * redeemed, else at the next one.
   */
  v.strictObject({
    type: v.literal('add-lesser'),
    ...roleOfBinding,
    role: v.strictObject({ roleArn: text, providerArn: text, sessionPolicy: sessionPolicySchema }),
    profile: text,
  }),
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
  'accept-name': Result<void>;
  'add-lesser': Result<void>;
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
