import { requireLive } from '../../delivery/live.js';
import { ObnError } from '../../findings/error.js';
import { type Examination, failed, passed } from '../examination.js';

export const configuration: Examination = {
  name: 'configuration',
  summary:
    'obn.yaml can be read, and has what a mailing needs: postal address, unsubscribe address and secret',
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

/** What an error with findings is about. */
export function wordsOf({ message, findings }: ObnError): string {
  if (findings.length === 0) return message;
  return findings.map((one) => `${one.file}:${one.line}:${one.column} ${one.message}`).join('; ');
}

export function remedyOf({ hint, findings }: ObnError): string {
  const hints = new Set(findings.map((one) => one.hint).filter((one) => one !== undefined));
  return hint ?? (hints.size > 0 ? [...hints].join('; ') : 'correct it; `obn check` says more');
}
