const [command, option, profile = '', ...more] = process.argv.slice(2);

// What `configure-process` has AWS tools run, again and again: to understand any other command line takes longer than
// all the rest.
if (command === 'credential-process' && option === '--profile' && /^[^-]/.test(profile) && !more.length) {
  await (await import('./now.ts')).credentialProcess(profile);
} else {
  await (await import('./roleferry.ts')).roleferry(import.meta.url);
}
