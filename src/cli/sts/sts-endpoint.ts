/** The variable that gives STS another address, also for the SDK; `undefined` if none does. */
export const endpointVariable = (env: NodeJS.ProcessEnv): string | undefined =>
  env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true'
    ? undefined
    : ['AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL'].find((name) => env[name]);

/** What is wrong with the value of such a variable, without the value, which may hold a password. */
export const strangeEndpoint = (variable: string, value = ''): string | undefined =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
    ? undefined
    : `${variable} is not an address that begins with https:// or http://`;
