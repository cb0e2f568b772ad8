// An SMTP server that takes everything and keeps nothing, and knows when the first message came.
import { createServer } from 'node:net';

const END = '\r\n.\r\n';
/** When the first message began, in milliseconds since 1970. */
let firstAt;

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
      if (inData) socket.write('250 2.0.0 taken\r\n');
      else command(socket, line);
      inData = !inData && /^data$/i.test(line);
    }
    if (inData && held.length > END.length) held = held.slice(-END.length);
  });
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
process.on('message', () => process.send({ firstAt }));
