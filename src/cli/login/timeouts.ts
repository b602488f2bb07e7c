/** How long to wait for a login by default; seconds. */
export const usualTimeout = 300;

/** The same for a program that an AWS tool runs: the SDK for Go gives a credential_process one minute; seconds. */
export const toolTimeout = 55;
