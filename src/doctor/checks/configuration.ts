import { requireLive } from '../../delivery/live.js';
import { ObnError } from '../../findings/error.js';
import { type Examination, failed, passed } from '../examination.js';

export const configuration: Examination = {
  name: 'configuration',
  summary: 'obn.yaml is valid and has a postal address, an unsubscribe URL and a secret',
  network: false,
  async examine({ newsletter }) {
    try {
      requireLive(newsletter);
      return passed(`${newsletter.config.newsletter.name}, from ${newsletter.config.from.email}`);
    } catch (error) {
      if (!(error instanceof ObnError)) throw error;
      return failed(wordsOf(error), remedyOf(error));
    }
  },
};

/** The text of an error, with its findings. */
export function wordsOf({ message, findings }: ObnError): string {
  if (findings.length === 0) return message;
  return findings.map((one) => `${one.file}:${one.line}:${one.column} ${one.message}`).join('; ');
}

export function remedyOf({ hint, findings }: ObnError): string {
  const hints = new Set(findings.map((one) => one.hint).filter((one) => one !== undefined));
  return hint ?? (hints.size > 0 ? [...hints].join('; ') : 'run `obn check` for details');
}
