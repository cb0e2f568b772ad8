import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { spawnObn } from './cli.js';
import type { TestNewsletter } from './newsletter.js';

/** A port that nobody has at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts `obn serve`, and waits until it answers. */
export async function startServe(
  { root }: Pick<TestNewsletter, 'root'>,
  port: number,
  { args = [], env = {} }: { args?: readonly string[]; env?: Readonly<Record<string, string>> } = {},
) {
  const { child, result } = spawnObn(root, ['serve', '--port', String(port), ...args], {
    env,
    timeoutMs: 60_000,
  });
  const texts = { stdout: '', stderr: '' };
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (piece) => {
      texts.stderr += piece;
    });
    child.stdout?.on('data', (piece) => {
      texts.stdout += piece;
      if (texts.stdout.includes('\n')) resolve();
    });
    result.then(({ stderr }) => reject(new Error(stderr)), reject);
  });
  const url = /http:\/\/[\d.]+:\d+/.exec(texts.stdout)?.[0] ?? '';
  return { child, result, texts, url };
}

/** Writes bytes to a server by hand. @returns all that it answers until it closes the connection */
export async function rawRequest(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (piece) => {
    answer += piece;
  });
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

/** The request that a mail provider sends for one click: no cookie, no origin, nothing but what RFC 8058 asks for. */
export function oneClick(link: string): string {
  const { host, pathname, search } = new URL(link);
  const body = 'List-Unsubscribe=One-Click';
  return [
    `POST ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${body.length}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
