// An SMTP server that takes everything and keeps nothing, and knows when the first message came.
import { createServer } from 'node:net';
import { jobOf } from '../process.js';

const END = '\r\n.\r\n';
/** How long it takes to say yes to a message. */
const { latencyMs = 0 } = jobOf();
/** When the first message began and the last one was taken, in milliseconds since 1970. */
let firstAt;
let lastAt;
let taken = 0;

function serve(socket) {
  let inData = false;
  let held = '';
  socket
    .setNoDelay(true)
    .setEncoding('latin1')
    .on('error', () => socket.destroy());
  socket.write('220 sink ESMTP\r\n');
  socket.on('data', (chunk) => {
    held += chunk;
    for (;;) {
      const mark = inData ? END : '\r\n';
      const at = held.indexOf(mark);
      if (at < 0) break;
      const line = held.slice(0, at);
      held = held.slice(at + mark.length);
      if (inData) accept(socket);
      else command(socket, line);
      inData = !inData && /^data$/i.test(line);
    }
    if (inData && held.length > END.length) held = held.slice(-END.length);
  });
}

function accept(socket) {
  taken += 1;
  lastAt = Date.now();
  const yes = () => socket.writable && socket.write('250 2.0.0 taken\r\n');
  if (latencyMs === 0) yes();
  else setTimeout(yes, latencyMs);
}

function command(socket, line) {
  const verb = line.slice(0, 4).toUpperCase();
  if (verb === 'MAIL') firstAt ??= Date.now();
  if (verb === 'EHLO') socket.write('250-sink\r\n250-PIPELINING\r\n250 SIZE 50000000\r\n');
  else if (verb === 'DATA') socket.write('354 go on\r\n');
  else if (verb === 'QUIT') socket.end('221 bye\r\n');
  else socket.write('250 2.0.0 well\r\n');
}

const server = createServer(serve).listen(0, '127.0.0.1', () =>
  process.send({ port: server.address().port }),
);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const perSecond = taken / ((lastAt - firstAt) / 1000);
  process.send({ firstAt, perSecond, cpuSeconds: (user + system) / 1e6 });
});
