// Runs on Windows. Starts a host as Chrome does: through cmd.exe, in the host's folder, with named pipes for its stdin and
// stdout. Asks it hello, closes stdin, and prints its answers and its exit status.
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { createServer } = require('node:net');
const { dirname } = require('node:path').win32;

const [host, ...args] = process.argv.slice(2);

/** The one connection to a new named pipe. */
function pipe(name) {
  const path = `\\\\.\\pipe\\chrome.nativeMessaging.${name}.${process.pid}`;
  const server = createServer((socket) => server.close() && server.emit('connected', socket)).listen(path);
  return { path, connected: once(server, 'connected').then(([socket]) => socket) };
}

async function main() {
  const [input, output] = [pipe('in'), pipe('out')];
  const line = [host, ...args].map((word) => (/[ &^%()]/.test(word) ? `"${word}"` : word)).join(' ');
  const child = spawn(process.env.ComSpec, ['/d', '/s', '/c', `"${line}" < ${input.path} > ${output.path}`], {
    cwd: dirname(host),
    windowsVerbatimArguments: true,
    windowsHide: true,
    // Wine's cmd.exe says there that it cannot look for the end of a pipe.
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const [toHost, fromHost] = await Promise.all([input.connected, output.connected]);
  const chunks = [];
  fromHost.on('data', (chunk) => chunks.push(chunk));
  fromHost.on('error', () => {});
  const body = Buffer.from(JSON.stringify({ version: 1, id: 'a', type: 'hello' }));
  const header = Buffer.alloc(4);
  header.writeUInt32LE(body.length);
  toHost.write(Buffer.concat([header, body]));
  await Promise.race([once(fromHost, 'data'), ended]);
  toHost.end();
  const [status] = await ended;
  const said = Buffer.concat(chunks);
  console.log(JSON.stringify({ status, answer: said.length > 4 ? JSON.parse(said.subarray(4)) : undefined }));
}

void main();
