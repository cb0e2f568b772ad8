import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SesError, type SesOperation, type SesPage } from './model.js';

const ROUTES: Readonly<Record<string, SesOperation>> = {
  'POST /v2/email/outbound-emails': 'SendEmail',
  'POST /v2/email/outbound-bulk-emails': 'SendBulkEmail',
  'GET /v2/email/account': 'GetAccount',
  'GET /v2/email/suppression/addresses': 'ListSuppressedDestinations',
};

/** What has its name at the end of the address. */
const NAMED: Readonly<Record<string, SesOperation>> = {
  'GET /v2/email/identities': 'GetEmailIdentity',
  'GET /v2/email/configuration-sets': 'GetConfigurationSet',
};

/** @throws SesError when the address is not one of those that are spoken here. */
export function operationOf({ method, url }: IncomingMessage): SesOperation {
  const path = url?.split('?')[0] ?? '';
  const operation = ROUTES[`${method} ${path}`] ?? NAMED[`${method} ${path.replace(/\/[^/]+$/, '')}`];
  if (!operation) throw new SesError(404, 'UnknownOperationException', `${method} ${url} is not known`);
  return operation;
}

/** @throws SesError for a request that nobody signed. */
export function checkSigned({ headers }: IncomingMessage): void {
  if (headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) return;
  throw new SesError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** @throws SesError */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new SesError(400, 'SerializationException', 'The request is not JSON.');
  }
}

export function answer(response: ServerResponse, body: object): void {
  write(response, 200, {}, body);
}

/** Answers with an error, as SES does: its name in a header, its message in the body. */
export function answerError(response: ServerResponse, error: unknown): void {
  const known = error instanceof SesError ? error : new SesError(500, 'InternalFailure', String(error));
  write(response, known.status, { 'x-amzn-errortype': known.type }, { message: known.message });
}

function write(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: object,
): void {
  if (response.destroyed) return;
  const id = { 'x-amzn-requestid': randomUUID() };
  response.writeHead(status, { 'content-type': 'application/json', ...id, ...headers });
  response.end(JSON.stringify(body));
}

/** Answers as a proxy does that SES knows nothing of. */
export function answerPage(response: ServerResponse, { page, type = 'text/html', body }: SesPage): void {
  if (response.destroyed) return;
  response.writeHead(page, { 'content-type': type });
  response.end(body ?? `<html><body><h1>${page}</h1></body></html>`);
}
