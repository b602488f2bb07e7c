// Runs on Windows. Holds a file open as readers do, says so, and ends once another file is there.
const { existsSync, openSync } = require('node:fs');

const [file, letGo] = process.argv.slice(2);
openSync(file, 'r');
console.log('holding');
setInterval(() => {
  if (existsSync(letGo)) process.exit(0);
}, 20);
