import { createServer, type Socket } from 'node:net';
import { whenTestFinished } from './finished.js';

/** What a server does when it has the final dot: bytes that it writes, and whether it then closes the connection. */
export interface AtFinalDot {
  readonly write: string;
  readonly close?: boolean;
}

export interface ScriptedSmtp {
  readonly url: string;
  /** To whom a message was handed over, its final dot included. */
  readonly handedOver: string[];
  /** How many connections there have been. */
  connections(): number;
}

/** An SMTP server whose replies to the final dot need not be SMTP. Everything else it answers with yes. */
export async function startScriptedSmtp(atFinalDot: (to: string) => AtFinalDot): Promise<ScriptedSmtp> {
  const handedOver: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.write('220 here\r\n');
    converse(socket, (to) => {
      handedOver.push(to);
      return atFinalDot(to);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return { url: `smtp://127.0.0.1:${port}`, handedOver, connections: () => connections };
}

const REPLIES: readonly (readonly [RegExp, string])[] = [
  [/^DATA/i, '354 go on'],
  [/^QUIT/i, '221 bye'],
  [/^/, '250 ok'],
];

function converse(socket: Socket, atFinalDot: (to: string) => AtFinalDot): void {
  let text = '';
  let to: string | undefined;
  let inText = false;
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    for (;;) {
      const end = inText ? '\r\n.\r\n' : '\r\n';
      const at = text.indexOf(end);
      if (at < 0) return;
      const line = text.slice(0, at);
      text = text.slice(at + end.length);
      if (inText) {
        const { write, close } = atFinalDot(to ?? '');
        socket.write(write);
        if (close) socket.end();
        inText = false;
        continue;
      }
      to = /^RCPT TO:<(.*?)>/i.exec(line)?.[1] ?? to;
      inText = /^DATA/i.test(line);
      const [, reply = ''] = REPLIES.find(([command]) => command.test(line)) ?? [];
      socket.write(`${reply}\r\n`);
      if (/^QUIT/i.test(line)) socket.end();
    }
  });
}
