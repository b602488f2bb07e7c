// The only way to the AWS files for the host and the command line.

export { readAccountNames } from './config/account-names.ts';
export { readConfigProfiles } from './config/config-profiles.ts';
export { readConfigSettings } from './config/config-settings.ts';
export { credentialsSource } from './config/credentials-source.ts';
export { hasDefaultCredentials } from './config/default-credentials.ts';
export { logsIn, processLines } from './config/process-lines.ts';
export { readRegions, setRegion } from './config/regions.ts';
export { readSsoSessions } from './config/sso-sessions.ts';
export { type AwsFiles, locateFiles, placesFailure } from './files/locate.ts';
export { readUnderstoodFile } from './files/understood-file.ts';
export { awsCliRefusal } from './format/aws-cli-refusal.ts';
export type { Settings } from './format/classify.ts';
export { foreignContent } from './format/foreign-content.ts';
export type { ProfileUpdate } from './format/profile-keys.ts';
export { lastOf } from './format/temporary-credentials.ts';
export { type KnownProfile, knownProfiles } from './kinds/known-profiles.ts';
export { readProfiles } from './kinds/read-profiles.ts';
export { sourceChain } from './kinds/source-chain.ts';
export { listProfiles } from './list-profiles.ts';
export { makeOnDemand } from './on-demand/make-on-demand.ts';
export {
  askForProfile,
  loginMayHelp,
  noteUse,
  questionsFolder,
  refusalOf,
  refuseProfile,
} from './on-demand/questions.ts';
export { noteRegion, onDemandFolder } from './on-demand/record.ts';
export { listOnDemand, removeOnDemand } from './on-demand/remove-on-demand.ts';
export { renameOnDemand } from './on-demand/rename-on-demand.ts';
export { isListening, stopListening, waitForQuestions } from './on-demand/watch-questions.ts';
export { allOrNothing } from './process/all-or-nothing.ts';
export { profilesInCache } from './process/cache.ts';
export { processCommand } from './process/command-line.ts';
export { makeProcessProfile } from './process/make-process-profile.ts';
export { undoProcessProfile } from './process/undo-process-profile.ts';
export { readCredentials, type UsableProfile } from './read-credentials.ts';
export { removeProfile } from './remove-profile.ts';
export { warmUpWrite } from './warm-up.ts';
export { writeObstacle } from './write-obstacle.ts';
export { writeProfiles } from './write-profiles.ts';
