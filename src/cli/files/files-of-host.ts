import type { AwsFiles } from '../../credentials-file/files/locate.ts';
import { awsFilesOf } from '../../native-host/registration/aws-files.ts';
import { hostFolder } from '../../native-host/registration/system/surroundings.ts';
import { surroundings } from './surroundings.ts';

/** The files that the host writes: those of this shell's environment, else what the installation names. */
export const filesOfHost = (): AwsFiles => awsFilesOf(hostFolder(surroundings()), process.env);
