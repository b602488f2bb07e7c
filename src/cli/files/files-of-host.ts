import type { AwsFiles } from '../../credentials-file/index.ts';
import { awsFilesOf } from '../../native-host/registration/aws-files.ts';
import { hostFolder, ownSurroundings } from '../../native-host/registration/system/surroundings.ts';

/** The files that the host writes: those of this shell's environment, else what the installation names. */
export const filesOfHost = (): AwsFiles => awsFilesOf(hostFolder(ownSurroundings()), process.env);
