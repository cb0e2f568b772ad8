import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';

/**
 * Reads the whole body of a form first, whether it has a length or is chunked. The body limit of hono builds
 * a new request from the server's request, which the Request class of Node.js rejects.
 */
export function limitBody(
  maxBytes: number,
  onTooLarge: (context: Context) => Response | Promise<Response>,
): MiddlewareHandler {
  return async (context, next) => {
    const { raw, method, url } = context.req;
    // Only the body of a POST is read.
    if (method !== 'POST' || !raw.body) return next();
    const declared = Number(raw.headers.get('content-length') ?? 0);
    const body = declared > maxBytes ? undefined : await readBody(raw.body, maxBytes);
    if (!body) return onTooLarge(context);
    context.req.raw = new Request(url, { method, headers: raw.headers, body });
    return next();
  };
}

/** Undefined if the body is too large. @throws HTTPException if it is incomplete */
async function readBody(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = [];
  const reader = stream.getReader();
  try {
    for (let size = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) return Buffer.concat(pieces);
      size += value.length;
      if (size > maxBytes) return undefined;
      pieces.push(value);
    }
  } catch (cause) {
    throw new HTTPException(400, { cause });
  }
}
