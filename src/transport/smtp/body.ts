import type { Readable, Writable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';

/**
 * A message as nodemailer takes it, a stream that it pipes onwards when the server has asked for the text (354). This
 * one goes to the socket in one piece: its lines end in CRLF and none begins with a dot, so the transformation that
 * nodemailer would pipe it through has nothing to do.
 * @param onFinalDot called before the final dot can have been written; where it says no, the connection ends instead.
 */
export function bodyOf(raw: Buffer, connection: SMTPConnection, onFinalDot: () => boolean): Readable {
  const body = {
    pipe(transformation: Readable & Writable): void {
      const socket = connection._socket;
      if (!socket) throw new Error('there is no connection');
      transformation.unpipe(socket);
      if (!onFinalDot()) {
        socket.destroy();
        return;
      }
      socket.cork();
      socket.write(raw);
      socket.write('.\r\n');
      socket.uncork();
    },
  };
  return body as unknown as Readable;
}
