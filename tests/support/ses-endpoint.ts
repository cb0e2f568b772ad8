import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SesAccount } from './ses/account.js';
import {
  answer,
  answerError,
  answerPage,
  checkSigned,
  operationOf,
  parseJson,
  readBody,
} from './ses/http.js';
import type { SesIdentity } from './ses/identities.js';
import type {
  SesFaultHandler,
  SesMessage,
  SesMoment,
  SesOperation,
  SesPage,
  SesRenderingFailure,
} from './ses/model.js';
import { type Reaction, SesService } from './ses/service.js';
import type { SesSuppression } from './ses/suppression.js';

export type { SesAccount } from './ses/account.js';
export type { SesFault, SesFaultHandler, SesMessage, SesMoment, SesOperation } from './ses/model.js';

export interface SesEndpointOptions {
  readonly account?: Partial<SesAccount>;
  /** How long an answer takes; what is recorded is recorded before. */
  readonly latencyMs?: number;
  /** Whether more recipients within a second than `account.maxSendRate` are answered with 429. */
  readonly enforceRate?: boolean;
  readonly fault?: SesFaultHandler;
  /** Called when a good answer has been written to a client that is still there. */
  readonly onAnswered?: (request: SesRequest) => void;
}

/** A request by its kind and its place among those of the kind, as in {@link SesMoment}. */
export type SesRequest = Pick<SesMoment, 'operation' | 'index'>;

/** Starts Amazon SES, API version 2, on a free port of 127.0.0.1. */
export async function startSesEndpoint(options: SesEndpointOptions = {}): Promise<SesEndpoint> {
  const endpoint = new SesEndpoint(options);
  await endpoint.listen();
  return endpoint;
}

/**
 * An HTTP server that answers the real SDK as SES would, as strictly as SES is documented, and remembers what it
 * accepted.
 */
export class SesEndpoint {
  /** Requests so far, of every outcome. */
  readonly requests: Record<SesOperation, number> = {
    ...{ SendEmail: 0, SendBulkEmail: 0, GetAccount: 0, ListSuppressedDestinations: 0 },
    ...{ GetEmailIdentity: 0, GetConfigurationSet: 0 },
  };
  latencyMs: number;
  private readonly service: SesService;
  private readonly server: Server;
  private readonly onAnswered: SesEndpointOptions['onAnswered'];

  constructor({ account, latencyMs = 0, enforceRate = false, fault, onAnswered }: SesEndpointOptions) {
    this.latencyMs = latencyMs;
    this.onAnswered = onAnswered;
    this.service = new SesService(account);
    this.service.enforceRate = enforceRate;
    this.service.faultHandler = fault;
    this.server = createServer((request, response) => void this.handle(request, response));
    this.server.keepAliveTimeout = 600_000;
  }

  /** What was accepted, one for each recipient, in the order of arrival. */
  get messages(): readonly SesMessage[] {
    return this.service.messages;
  }

  /** What was answered with success and then dropped. */
  get renderingFailures(): readonly SesRenderingFailure[] {
    return this.service.renderingFailures;
  }

  get account(): SesAccount {
    return this.service.account;
  }

  /** What may be sent from, by its name; there is nothing at first, and mail is taken all the same. */
  get identities(): Map<string, SesIdentity> {
    return this.service.identities;
  }

  get configurationSets(): Map<string, { sending: boolean }> {
    return this.service.configurationSets;
  }

  /** The suppression list of the account; nobody stands on it at first. */
  set suppressions(list: readonly SesSuppression[]) {
    this.service.suppressions = list;
  }

  get enforceRate(): boolean {
    return this.service.enforceRate;
  }

  set enforceRate(on: boolean) {
    this.service.enforceRate = on;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What a process needs to talk to this endpoint. */
  get env(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL_SESV2: this.url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'an-example-key',
      AWS_REGION: 'us-east-1',
    };
  }

  /** Decides from now on what goes wrong with valid requests; without a handler nothing does. */
  fault(handler?: SesFaultHandler): void {
    this.service.faultHandler = handler;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
  }

  /** Ends the server and every connection to it. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request).catch(() => undefined);
    if (!body) return;
    try {
      const outcome = await this.delayed(this.react(request, body));
      this.finish(response, outcome.reaction);
      if (response.writableEnded) this.onAnswered?.(outcome.request);
    } catch (error) {
      answerError(response, error);
    }
  }

  private async react(
    request: IncomingMessage,
    body: Buffer,
  ): Promise<{ request: SesRequest; reaction: Reaction }> {
    const operation = operationOf(request);
    const index = this.requests[operation];
    this.requests[operation] += 1;
    checkSigned(request);
    const json = request.method === 'GET' ? undefined : parseJson(body);
    const url = new URL(request.url ?? '/', this.url);
    const reaction = await this.service.react(operation, index, json, body.length, url);
    return { request: { operation, index }, reaction };
  }

  private async delayed<T>(outcome: Promise<T>): Promise<T> {
    await Promise.allSettled([outcome]);
    if (this.latencyMs > 0) await sleep(this.latencyMs);
    return outcome;
  }

  private finish(response: ServerResponse, reaction: Reaction): void {
    if (reaction === 'hang') return;
    if (reaction === 'reset') response.socket?.resetAndDestroy();
    else if ('foreign' in reaction) answerPage(response, reaction.foreign as SesPage);
    else answer(response, reaction);
  }
}
