import addressparser from 'nodemailer/lib/addressparser';
import { badRequest } from './model.js';

const MAX_LINE = 998;
const MAX_BYTES = 40 * 1024 * 1024;
const CR = 13;
const LF = 10;

/** Fields that a message may have once. */
const ONCE = new Set([
  'bcc',
  'cc',
  'content-transfer-encoding',
  'content-type',
  'date',
  'from',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'message-id',
  'mime-version',
  'reply-to',
  'sender',
  'subject',
  'to',
]);

export type Headers = ReadonlyMap<string, string>;

/** Decodes and checks the content of a raw message. @throws SesError for what SES does not take. */
export function readRaw(data: string): { raw: Buffer; headers: Headers } {
  if (data.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) {
    throw badRequest('Raw message is not base64.');
  }
  if (data.length > MAX_BYTES) throw badRequest(`Message length is more than ${MAX_BYTES} bytes long`);
  const raw = Buffer.from(data, 'base64');
  checkLines(raw);
  return { raw, headers: readHeaders(raw) };
}

/** The recipients that the header of a message names. */
export function headerRecipients(headers: Headers): string[] {
  const fields = ['to', 'cc', 'bcc'].map((name) => headers.get(name) ?? '');
  return fields.flatMap((field) => addressparser(field, { flatten: true }).map(({ address }) => address));
}

function checkLines(raw: Buffer): void {
  let start = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const byte = raw[at] ?? 0;
    if (byte === 0 || byte > 127) throw badRequest('Raw message is not 7bit ASCII.');
    if (byte === LF) throw badRequest('Raw message contains a bare LF.');
    if (byte !== CR) continue;
    if (raw[at + 1] !== LF) throw badRequest('Raw message contains a bare CR.');
    checkLength(at - start);
    at += 1;
    start = at + 1;
  }
  checkLength(raw.length - start);
}

function checkLength(length: number): void {
  if (length > MAX_LINE) throw badRequest(`Line of ${length} octets is longer than ${MAX_LINE}.`);
}

function readHeaders(raw: Buffer): Headers {
  const end = raw.indexOf('\r\n\r\n');
  if (end < 0) throw badRequest('Raw message has no blank line after its header.');
  const headers = new Map<string, string>();
  for (const field of raw
    .toString('latin1', 0, end)
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')) {
    addField(headers, field);
  }
  if (!headers.get('from')) throw badRequest("Missing required header 'From'.");
  return headers;
}

function addField(headers: Map<string, string>, field: string): void {
  const [, name, value] = /^([!-9;-~]+):(.*)$/.exec(field) ?? [];
  if (name === undefined || value === undefined) throw badRequest(`Illegal header line: ${field}`);
  const key = name.toLowerCase();
  if (headers.has(key) && ONCE.has(key)) throw badRequest(`Duplicate header '${name}'.`);
  headers.set(key, value.trim());
}
