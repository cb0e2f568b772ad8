import { join } from 'node:path';
import { locateList } from '../config/list.js';
import type { Newsletter } from '../config/load.js';
import { issuesFolder } from '../issue/store.js';
import type { Host } from '../platform/host.js';
import { randomSecret } from '../platform/secret.js';
import { listen } from '../platform/server.js';
import { watchPaths } from '../platform/watch.js';
import { keepMjml } from '../render/mjml.js';
import { Access } from './access.js';
import { previewActions } from './actions.js';
import { createApp } from './app.js';
import { bookmarkletActions } from './bookmarklet-actions.js';
import { Changes } from './events.js';
import { Viewer } from './viewer.js';
import { Workspace } from './workspace.js';

export interface PreviewOptions {
  readonly newsletter: Newsletter;
  /** 0: any free port. */
  readonly port: number;
  /** Number of following ports to try if it is in use. */
  readonly more: number;
  /** Receives notices of the ledger. */
  onNotice(text: string): void;
  onBug(error: unknown): void;
  /** Called when a browser was admitted. Earlier URLs no longer work for other browsers. */
  onAdmitted(preview: Preview): void;
  /** Called when some files cannot be watched. */
  onBlind(): void;
}

export interface Preview {
  /** URL without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** @returns the URL of a page, such as `/?issue=1`, with a key that admits one browser. */
  admit(this: void, page: string): string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts the preview server on this machine only, and notifies its pages of file changes. */
export async function openPreview(host: Host, options: PreviewOptions): Promise<Preview> {
  keepMjml();
  const { newsletter, onBug, onBlind, onAdmitted, onNotice } = options;
  const workspace = new Workspace(newsletter.cwd, host.env);
  const changes = new Changes();
  const viewer = new Viewer(workspace, previewActions(host, onNotice), host.clock);
  const access = new Access(() => onAdmitted(preview));
  const token = randomSecret();
  const bookmarklet = bookmarkletActions(host, newsletter.root, onNotice);
  const app = createApp({ viewer, changes, access, token, bookmarklet, onBug });
  const change = async () => {
    changes.tell(workspace.changed());
    // The path of the list may have changed.
    const now = await workspace.generation.newsletter().catch(() => undefined);
    if (now) watcher.follow(pathsOf(now));
  };
  const [server, watcher] = await Promise.all([
    listen((request) => app.fetch(request), { ...options, host: HOST }),
    watchPaths(pathsOf(newsletter), { change: () => void change(), exhausted: onBlind }),
  ]);
  const url = `http://${HOST}:${server.port}`;
  const preview: Preview = {
    url,
    port: server.port,
    admit: (page) => access.admit(`${url}${page}`),
    close: async () => {
      await Promise.all([server.close(), watcher.close()]);
    },
  };
  return preview;
}

/** All sources of an issue, and its list. */
function pathsOf(newsletter: Newsletter): string[] {
  const { root } = newsletter;
  const files = ['obn.yaml', 'snippets', 'templates'].map((name) => join(root, name));
  return [...files, issuesFolder(root), locateList(newsletter).path];
}
