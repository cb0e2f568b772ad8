import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Changes } from '../events.js';

/** Server-sent events: one on connect and one per change, each with the revision. */
export function eventRoutes(changes: Changes, revision: () => number): Hono {
  const app = new Hono();
  app.get('/events', (context) =>
    streamSSE(context, async (stream) => {
      const tell = (event: string, now: number) => stream.writeSSE({ event, data: String(now) });
      const gone = new Promise<void>((resolve) => stream.onAbort(resolve));
      const stop = changes.listen((now) => void tell('change', now));
      await tell('hello', revision());
      await gone;
      stop();
    }),
  );
  return app;
}
