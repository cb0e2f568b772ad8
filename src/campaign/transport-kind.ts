import type { Newsletter } from '../config/load.js';
import { usageError } from '../findings/error.js';
import type { TransportName } from '../transport/names.js';
import { kindOf } from '../transport/table.js';

/** The transport with this name, or the one in obn.yaml. @throws ObnError (usage) for an unknown name */
export function transportKind({ config }: Newsletter, name: TransportName = config.send.transport) {
  const kind = kindOf(name);
  if (!kind) throw usageError(`unknown transport "${name}"`);
  return kind;
}
