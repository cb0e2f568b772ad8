import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  SMTPServer,
  type SMTPServerDataStream,
  type SMTPServerError,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';
import type { SmtpFault, SmtpFaultHandler, SmtpMessage, SmtpReply, SmtpStage } from './smtp/model.js';
import { type Login, serverOptions } from './smtp/options.js';

export type {
  SmtpFault,
  SmtpFaultHandler,
  SmtpMessage,
  SmtpMoment,
  SmtpReply,
  SmtpStage,
} from './smtp/model.js';

export interface SmtpEndpointOptions {
  /** What a client has to log in with; without it there is no login. */
  readonly auth?: Login;
  /** How long the answer to a message takes; what is recorded is recorded before. */
  readonly latencyMs?: number;
  readonly fault?: SmtpFaultHandler;
  /** Called when a message has been answered with yes. */
  readonly onAnswered?: (to: readonly string[]) => void;
}

/** Starts an SMTP server, without TLS, on a free port of 127.0.0.1. */
export async function startSmtpEndpoint(options: SmtpEndpointOptions = {}): Promise<SmtpEndpoint> {
  const endpoint = new SmtpEndpoint(options);
  await endpoint.listen();
  return endpoint;
}

type Done = (error?: SMTPServerError | null) => void;

/** An SMTP server that remembers what it took. */
export class SmtpEndpoint {
  readonly messages: SmtpMessage[] = [];
  /** How often each stage was reached. */
  readonly stages: Record<SmtpStage, number> = { connect: 0, mail: 0, rcpt: 0, data: 0, end: 0 };
  private readonly sockets = new Set<Socket>();
  private readonly server: SMTPServer;
  private readonly auth: Login | undefined;
  private readonly latencyMs: number;
  private readonly onAnswered: SmtpEndpointOptions['onAnswered'];
  private handler: SmtpFaultHandler | undefined;

  constructor({ auth, latencyMs = 0, fault, onAnswered }: SmtpEndpointOptions) {
    this.auth = auth;
    this.latencyMs = latencyMs;
    this.onAnswered = onAnswered;
    this.handler = fault;
    this.server = new SMTPServer({ ...serverOptions(auth), ...this.stageHandlers() });
    this.server.on('error', () => undefined);
    this.server.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** What a process needs to talk to this endpoint; the login is part of it. */
  get env(): Record<string, string> {
    return { SMTP_URL: this.auth ? this.urlFor(this.auth.user, this.auth.pass) : this.url };
  }

  /** The address with a login in it. */
  urlFor(user: string, pass: string): string {
    return `smtp://${encodeURIComponent(user)}:${encodeURIComponent(pass)}@127.0.0.1:${this.port}`;
  }

  /** Decides from now on what goes wrong; without a handler nothing does. */
  fault(handler?: SmtpFaultHandler): void {
    this.handler = handler;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.server.once('error', reject);
      this.server.listen(0, '127.0.0.1', resolve);
    });
  }

  /** Ends the server and every connection to it. */
  async close(): Promise<void> {
    if (!this.server.server.listening) return;
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
      for (const socket of this.sockets) socket.destroy();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private stageHandlers(): SMTPServerOptions {
    return {
      onConnect: (session, done) => {
        this.interceptData(session);
        void this.pass('connect', '', session, done);
      },
      onMailFrom: ({ address }, session, done) => void this.pass('mail', address, session, done),
      onRcptTo: ({ address }, session, done) => void this.pass('rcpt', address, session, done),
      onData: (stream, session, done) => void this.take(stream, session, done),
    };
  }

  /** Lets the stage pass, or does what the fault handler says in its place. */
  private async pass(
    stage: SmtpStage,
    address: string,
    session: SMTPServerSession,
    done: Done,
  ): Promise<void> {
    this.carryOut(await this.ask(stage, address), session, done);
  }

  /** Answers a stage as the fault wants it; without one the stage passes. */
  private carryOut(fault: SmtpFault | undefined, session: SMTPServerSession, done: Done): void {
    if (fault === undefined) done();
    else if (fault === 'drop' || fault === 'drop-before') this.drop(session);
    else if (fault === 'hang') return;
    else if ('delayMs' in fault) setTimeout(done, fault.delayMs).unref();
    else this.refuse(fault, session, done);
  }

  /** The server itself calls nobody before it replies to the DATA command. */
  private interceptData(session: SMTPServerSession): void {
    const connection = [...this.server.connections].find(({ id }) => id === session.id);
    if (!connection) return;
    const proceed = connection.handler_DATA.bind(connection);
    connection.handler_DATA = (command, next) => {
      if (!recipients(session)[0]) return proceed(command, next);
      void this.pass('data', recipients(session)[0] ?? '', session, (error) => {
        if (!error) return proceed(command, next);
        connection.send(error.responseCode ?? 451, error.message);
        next();
      });
    };
  }

  private async take(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): Promise<void> {
    const raw = await buffer(stream).catch(() => undefined);
    if (!raw) return;
    const to = recipients(session);
    const fault = await this.ask('end', to[0] ?? '');
    if (isTaken(fault)) {
      const { mailFrom } = session.envelope;
      this.messages.push({ from: mailFrom ? mailFrom.address : '', to, raw, at: Date.now() });
    }
    if (this.latencyMs > 0) await sleep(this.latencyMs);
    this.carryOut(fault, session, (error) => {
      done(error);
      if (!error) this.onAnswered?.(to);
    });
  }

  private async ask(stage: SmtpStage, address: string): Promise<SmtpFault | undefined> {
    const index = this.stages[stage];
    this.stages[stage] += 1;
    return this.handler?.({ stage, address, index });
  }

  private refuse({ code, message }: SmtpReply, session: SMTPServerSession, done: Done): void {
    done(Object.assign(new Error(message), { responseCode: code }));
    if (code === 421) this.socketOf(session)?.end();
  }

  private drop(session: SMTPServerSession): void {
    this.socketOf(session)?.resetAndDestroy();
  }

  private socketOf({ remotePort }: SMTPServerSession): Socket | undefined {
    return [...this.sockets].find((socket) => socket.remotePort === remotePort);
  }
}

function recipients({ envelope }: SMTPServerSession): string[] {
  return envelope.rcptTo.map(({ address }) => address);
}

/** Whether a message counts as taken in spite of what goes wrong at its final dot. */
function isTaken(fault: SmtpFault | undefined): boolean {
  return fault === undefined || fault === 'drop' || (typeof fault === 'object' && 'delayMs' in fault);
}
