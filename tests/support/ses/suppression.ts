import { badRequest } from './model.js';

/** An address on the suppression list of the account. */
export interface SesSuppression {
  readonly address: string;
  readonly reason: 'BOUNCE' | 'COMPLAINT';
}

/** So many stand on a page, unless the request says otherwise. */
const PAGE = 3;
const PARAMETERS = ['PageSize', 'NextToken', 'Reason', 'StartDate', 'EndDate', 'TenantName'];

/** The answer to ListSuppressedDestinations. @throws SesError for a request that is not documented so */
export function listSuppressed(list: readonly SesSuppression[], query: URLSearchParams): object {
  for (const name of query.keys()) if (!PARAMETERS.includes(name)) throw badRequest(`${name} is not known`);
  const size = query.has('PageSize') ? Number(query.get('PageSize')) : PAGE;
  if (!Number.isInteger(size) || size < 1 || size > 1_000) throw badRequest('Invalid PageSize');
  const token = query.get('NextToken');
  const start = token === null ? 0 : Number(/^after-(\d+)$/.exec(token)?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw badRequest('Invalid NextToken');
  const reasons = query.getAll('Reason');
  const wanted = list.filter(({ reason }) => reasons.length === 0 || reasons.includes(reason));
  const page = wanted.slice(start, start + size);
  const summaries = page.map(({ address, reason }) => ({
    ...{ EmailAddress: address, Reason: reason, LastUpdateTime: 1_700_000_000 },
  }));
  const next = start + size < wanted.length ? { NextToken: `after-${start + size}` } : {};
  return { SuppressedDestinationSummaries: summaries, ...next };
}
