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
import { Changes } from './events.js';
import { Viewer } from './viewer.js';
import { Workspace } from './workspace.js';

export interface PreviewOptions {
  readonly newsletter: Newsletter;
  /** 0: any that is free. */
  readonly port: number;
  /** How many ports after it are tried when it is taken. */
  readonly more: number;
  /** Receives what the ledger says while it works. */
  onNotice(text: string): void;
  onBug(error: unknown): void;
  /** Is called when a browser was let in. Addresses made before let in nobody else. */
  onAdmitted(preview: Preview): void;
  /** Is told when changes of some files cannot be seen. */
  onBlind(): void;
}

export interface Preview {
  /** Where it is, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** @returns the address of a page, such as `/?issue=1`, with a key that lets one browser in. */
  admit(this: void, page: string): string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts the server of the preview on this machine alone, and tells its pages of every change of the files. */
export async function openPreview(host: Host, options: PreviewOptions): Promise<Preview> {
  keepMjml();
  const { newsletter, onBug, onBlind, onAdmitted, onNotice } = options;
  const workspace = new Workspace(newsletter.cwd, host.env);
  const changes = new Changes();
  const viewer = new Viewer(workspace, previewActions(host, onNotice), host.clock);
  const access = new Access(() => onAdmitted(preview));
  const token = randomSecret();
  const app = createApp({ viewer, changes, access, token, onBug });
  const change = async () => {
    changes.tell(workspace.changed());
    // Another list may have been named.
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

/** Whatever an issue is made of, and the list that it goes to. */
function pathsOf(newsletter: Newsletter): string[] {
  const { root } = newsletter;
  const files = ['obn.yaml', 'snippets', 'templates'].map((name) => join(root, name));
  return [...files, issuesFolder(root), locateList(newsletter).path];
}
