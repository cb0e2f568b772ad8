import { relative, resolve } from 'node:path';
import { CONFIG_FILE, type Newsletter, openNewsletter } from '../config/load.js';
import { configurationError } from '../findings/error.js';
import type { Host } from '../platform/host.js';
import { isWithin, realLocation } from '../platform/location.js';
import { keptBy, locations, type Owner, ownerOf } from './own-files.js';

/**
 * Opens the newsletter in the host's folder, with the folder of its site.
 * @param given the folder, relative to the host's folder, instead of archive.out in obn.yaml
 * @throws ObnError if obn.yaml has an error, or the site would publish or overwrite the newsletter's own files
 */
export async function openSite(
  { cwd, env }: Host,
  given?: string,
): Promise<{ readonly newsletter: Newsletter; readonly out: string }> {
  const newsletter = await openNewsletter(cwd, env);
  const { root, config, document } = newsletter;
  const out = given === undefined ? resolve(root, config.archive.out) : resolve(cwd, given);
  const problem = siteFolderProblem(ownerOf(newsletter, env), out);
  if (problem === undefined) return { newsletter, out };
  if (given !== undefined)
    throw configurationError(problem, { hint: 'use a separate folder, such as --out site' });
  const hint = 'use a separate folder, such as site';
  const findings = [document.finding('error', 'archive/out', document.at(['archive', 'out']), problem, hint)];
  throw configurationError(`${CONFIG_FILE} has an error`, { findings });
}

/** @returns why the site cannot be built in a folder; undefined if it can */
function siteFolderProblem(owner: Owner, out: string): string | undefined {
  const kept = keptBy(owner);
  const site = realLocation(out);
  const name = relative(owner.newsletter.cwd, out) || '.';
  const published = kept.filter((one) => locations(one).some((location) => isWithin(site, location)));
  if (published.length > 0) {
    const names = [...new Set(published.map(({ what }) => what))];
    return `the site cannot be in ${name}, which contains ${listed(names)}: everything in it would be published`;
  }
  const around = kept.find(
    ({ what, path, source }) => (source || what === '.obn/') && isWithin(realLocation(path), site),
  );
  return around && `the site cannot be in ${name}, which is in ${around.what}`;
}

const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
