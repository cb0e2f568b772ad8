import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';

/**
 * Reads the whole body of a form before anything else looks at it, whether its length was said or it comes in chunks.
 * What hono has for this makes a request out of that of the server, which the Request of Node.js does not take.
 */
export function limitBody(
  maxBytes: number,
  onTooLarge: (context: Context) => Response | Promise<Response>,
): MiddlewareHandler {
  return async (context, next) => {
    const { raw, method, url } = context.req;
    // Nothing but a POST is asked what it says.
    if (method !== 'POST' || !raw.body) return next();
    const declared = Number(raw.headers.get('content-length') ?? 0);
    const body = declared > maxBytes ? undefined : await readBody(raw.body, maxBytes);
    if (!body) return onTooLarge(context);
    context.req.raw = new Request(url, { method, headers: raw.headers, body });
    return next();
  };
}

/** Undefined for one that is too large. @throws HTTPException for one that breaks off */
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
