// Runs on Windows. Starts a host for each line of stdin, sends it that line as a message, and prints the answers, a line each.
const { spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');

const lines = readFileSync(0, 'utf8').trim().split('\n');
const framed = (text) => {
  const body = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([length, body]);
};

const answerTo = (line) =>
  new Promise((resolve) => {
    const host = spawn(process.execPath, process.argv.slice(2), { stdio: ['pipe', 'pipe', 'inherit'] });
    let heard = Buffer.alloc(0);
    host.stdout.on('data', (part) => {
      heard = Buffer.concat([heard, part]);
      // As a browser does, it keeps the host until it has answered.
      if (heard.length >= 4 && heard.length >= 4 + heard.readUInt32LE()) host.stdin.end();
    });
    host.on('close', () => resolve(heard.subarray(4).toString('utf8')));
    host.stdin.write(framed(line));
  });

Promise.all(lines.map(answerTo)).then((answers) => console.log(answers.join('\n')));
