import { createSocket, type Socket } from 'node:dgram';
import { type Answer, decode, encode, RECURSION_DESIRED, type RecordType } from 'dns-packet';
import { whenTestFinished } from './finished.js';

/** The records of one name. */
export interface NameRecords {
  readonly TXT?: readonly string[];
  readonly CNAME?: string;
  readonly MX?: readonly (readonly [preference: number, host: string])[];
}

/** RFC 1035, section 4.1.1: the name does not exist; the server cannot say. */
const NO_SUCH_NAME = 3;
const SERVER_FAILURE = 2;

/** A string of a TXT record has at most so many octets; a longer text is several. */
const MAX_STRING = 255;

/** A name server on a free port of 127.0.0.1 that knows what it is told. */
export class NameServerEndpoint {
  /** By name, in small letters; change it while the server runs. */
  readonly zone = new Map<string, NameRecords>();
  /** Answers every question with a failure of its own. */
  broken = false;

  constructor(private readonly socket: Socket) {
    socket.on('message', (bytes, { port, address }) => socket.send(this.answer(bytes), port, address));
  }

  /** As `--dns` takes it. */
  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  private answer(bytes: Buffer): Buffer {
    const { id = 0, questions = [] } = decode(bytes);
    const head = { type: 'response', id, flags: RECURSION_DESIRED, questions } as const;
    const [question] = questions;
    const records = this.zone.get(question?.name.toLowerCase() ?? '');
    if (this.broken) return encode({ ...head, flags: head.flags | SERVER_FAILURE });
    if (!question || !records) return encode({ ...head, flags: head.flags | NO_SUCH_NAME });
    return encode({ ...head, answers: answersOf(question.name, question.type, records) });
  }
}

function answersOf(name: string, type: RecordType, { TXT = [], CNAME, MX = [] }: NameRecords): Answer[] {
  if (CNAME !== undefined) return type === 'CNAME' ? [{ name, type, ttl: 60, data: CNAME }] : [];
  if (type === 'TXT') return TXT.map((text) => ({ name, type, ttl: 60, data: stringsOf(text) }));
  if (type !== 'MX') return [];
  return MX.map(([preference, exchange]) => ({ name, type, ttl: 60, data: { preference, exchange } }));
}

function stringsOf(text: string): string[] {
  const count = Math.ceil(text.length / MAX_STRING);
  return Array.from({ length: count }, (_, at) => text.slice(at * MAX_STRING, (at + 1) * MAX_STRING));
}

export async function startNameServer(): Promise<NameServerEndpoint> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  whenTestFinished(() => {
    socket.close();
  });
  return new NameServerEndpoint(socket);
}
