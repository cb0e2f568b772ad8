import { CONFIG_FILE, type Newsletter } from './load.js';

/** Why readers who confirm at `obn serve` would not be mailed, and what to do; undefined: they are mailed. */
export function confirmedUnmailed({ config, document }: Pick<Newsletter, 'config' | 'document'>) {
  if (config.audience.ledger || !config.serve.subscribe) return undefined;
  const { audience } = (document.value ?? {}) as { audience?: unknown };
  const { line } = document.keyAt(['audience']);
  return {
    message: 'readers who sign up and confirm are not mailed, because audience.ledger is not on',
    remedy: audience
      ? `add the line "  ledger: true" below "audience:" (${document.file}:${line})`
      : `add the line "audience: { ledger: true }" to ${CONFIG_FILE}`,
  };
}
