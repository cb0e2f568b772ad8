import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What goes wrong with the next request that holds a text:
 * - `request`: the connection breaks before the server has it
 * - `answer`: the server has carried it out, and the connection breaks before anybody hears of it
 * - `late`: the connection breaks, and the server carries it out when {@link Wire.release} is called
 */
export type Break = 'request' | 'answer' | 'late';

/** Stands between a ledger and its server, and breaks connections at a chosen moment. */
export class Wire {
  private next: { readonly how: Break; readonly text: string } | undefined;
  private readonly held: (() => Promise<void>)[] = [];
  private silent = false;
  private readonly sockets = new Set<Socket>();
  /** How often a connection was broken. */
  broken = 0;
  /** How many connections there have been. */
  connections = 0;

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on('connection', (client) => this.join(client));
  }

  /** @param target port of the server on 127.0.0.1 */
  static async start(target: number): Promise<Wire> {
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Wire(server, target);
  }

  /** The same database by way of this wire. */
  through(url: string): string {
    const changed = new URL(url);
    changed.port = String((this.server.address() as { port: number }).port);
    return changed.href;
  }

  break(how: Break, text = ''): void {
    this.next = { how, text };
  }

  /** Nothing comes through any more, and no connection breaks: as if a cable had been cut. */
  silence(): void {
    this.silent = true;
  }

  /** Lets the server have what was held back, and resolves when it has answered, or hung up before. */
  async release(): Promise<void> {
    await Promise.all(this.held.splice(0).map((act) => act()));
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    this.connections += 1;
    const server = connect({ port: this.target, host: '127.0.0.1', allowHalfOpen: true });
    const both = [client, server];
    let deaf = false;
    for (const socket of both) {
      this.sockets.add(socket.on('error', () => undefined));
      socket.on('end', () => this.silent || socket.end());
      socket.on('close', () => {
        this.sockets.delete(socket);
        if (!deaf) for (const other of both) other.destroy();
      });
    }
    server.on('data', (bytes) => {
      if (this.silent) return;
      if (deaf) client.destroy();
      else client.write(bytes);
    });
    client.on('data', (bytes) => {
      if (this.silent) return;
      const how = this.take(bytes);
      if (how === 'request') client.destroy();
      deaf ||= how === 'answer' || how === 'late';
      if (how === 'late') {
        this.held.push(async () => {
          if (server.destroyed) return;
          const answered = Promise.race([once(server, 'data'), once(server, 'close')]);
          server.write(bytes);
          await answered;
        });
        client.destroy();
      } else if (how !== 'request') server.write(bytes);
    });
  }

  private take(bytes: Buffer): Break | undefined {
    if (!this.next || !bytes.includes(this.next.text)) return undefined;
    const { how } = this.next;
    this.next = undefined;
    this.broken += 1;
    return how;
  }
}
