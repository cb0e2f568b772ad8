import type { Newsletter } from '../config/load.js';
import { usageError } from '../findings/error.js';
import type { TransportName } from '../transport/names.js';
import { kindOf } from '../transport/table.js';

/** The transport of a name, or that of obn.yaml. @throws ObnError (usage) for a name that is none. */
export function transportKind({ config }: Newsletter, name: TransportName = config.send.transport) {
  const kind = kindOf(name);
  if (!kind) throw usageError(`there is no transport "${name}"`);
  return kind;
}
