import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { limitBody } from '../platform/body.js';
import type { Access } from './access.js';
import type { Changes } from './events.js';
import type { Failure } from './protocol.js';
import { guard } from './request-guard.js';
import { apiRoutes } from './routes/api.js';
import { type BookmarkletActions, bookmarkletRoutes } from './routes/bookmarklet.js';
import { eventRoutes } from './routes/events.js';
import { issueRoutes } from './routes/issues.js';
import { pageRoutes } from './routes/page.js';
import { pictureRoutes } from './routes/pictures.js';
import type { Viewer } from './viewer.js';
import { brokenBy } from './workspace.js';

export interface AppOptions {
  readonly viewer: Viewer;
  readonly changes: Changes;
  readonly access: Access;
  /** Token that requests with effects must contain. */
  readonly token: string;
  readonly bookmarklet: BookmarkletActions;
  /** Reports unexpected errors. */
  onBug(error: unknown): void;
}

const MAX_BODY_BYTES = 4 * 1024;

/** Creates the app of the preview server. */
export function createApp({ viewer, changes, access, token, bookmarklet, onBug }: AppOptions): Hono {
  const app = new Hono();
  app.use(
    limitBody(MAX_BODY_BYTES, (context) =>
      context.json({ error: 'the request is too large' } satisfies Failure, 413),
    ),
  );
  // In front of the guard, as the bookmarklet has no cookie.
  app.route('/', bookmarkletRoutes(bookmarklet));
  app.use(guard(access, token));
  app.route(
    '/',
    pageRoutes(token, () => viewer.anew()),
  );
  app.route('/', pictureRoutes(viewer));
  app.route('/', issueRoutes(viewer));
  app.route(
    '/',
    eventRoutes(changes, () => viewer.revision),
  );
  app.route('/api', apiRoutes(viewer));
  app.notFound((context) => context.json({ error: 'not found' } satisfies Failure, 404));
  app.onError((error, context) => {
    if (error instanceof HTTPException) return context.json({ error: 'invalid request' }, error.status);
    try {
      const { message, ...more } = brokenBy(error);
      return context.json({ error: message, ...more } satisfies Failure, 422);
    } catch {
      onBug(error);
      const failure: Failure = { error: 'this is a bug in obn; see the terminal for details' };
      return context.json(failure, 500);
    }
  });
  return app;
}
