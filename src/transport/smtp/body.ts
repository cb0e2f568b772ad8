import type { Readable, Writable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';

/**
 * A message stream for nodemailer, which pipes it to the server after the 354 reply. It is written to the
 * socket in one piece: lines end in CRLF and none begins with a dot, so nodemailer's own transformation is
 * not needed.
 * @param onFinalDot called before the final dot is written. If it returns false, the connection is closed
 * instead.
 */
export function bodyOf(raw: Buffer, connection: SMTPConnection, onFinalDot: () => boolean): Readable {
  const body = {
    pipe(transformation: Readable & Writable): void {
      const socket = connection._socket;
      if (!socket) throw new Error('no connection');
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
