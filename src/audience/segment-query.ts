import { columnName } from '../merge/expression.js';
import { dateScale, yearScale } from './dates.js';
import { booleanOf } from './status-value.js';

/** A MongoDB-style query over the columns of a list. */
export type Query = Readonly<Record<string, unknown>>;

/** The type as which the text of a column is compared. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'date' | 'year' | 'presence' | 'value' | 'list';

/** A column that a query reads, as one kind of value. */
export interface QueryColumn {
  readonly column: string;
  readonly kind: ValueKind;
  /** Its name in the prepared query. */
  readonly key: string;
}

export interface PreparedQuery {
  /** For sift, over the keys of the columns. */
  readonly query: Query;
  readonly columns: readonly QueryColumn[];
}

/** Converts the text of a column to each kind of value; undefined when it is not one. */
export const READ: Readonly<Record<Exclude<ValueKind, 'list'>, (text: string) => unknown>> = {
  text: (text) => text,
  presence: (text) => text,
  value: (text) => text,
  number: (text) => (NUMBER.test(text.trim()) ? Number(text) : undefined),
  boolean: booleanOf,
  date: dateScale,
  year: (text) => (NUMBER.test(text.trim()) ? Number(text) : yearScale(text)),
};

const NUMBER = /^[-+]?\d+(?:\.\d+)?$/;
const ORDER = new Set(['$gt', '$gte', '$lt', '$lte']);
const LOGICAL = new Set(['$and', '$or', '$nor']);

/**
 * Rewrites a query so that each condition reads its column as the kind of value that it compares with. Columns of a
 * list are text, which would never equal `true` or 18.
 * @throws Error for a condition that compares with values of several kinds
 */
export function prepareQuery(query: Query): PreparedQuery {
  const columns = new Map<string, QueryColumn>();
  const read = (column: string, kind: ValueKind): string => {
    const id = `${kind} ${column}`;
    const known = columns.get(id) ?? { column, kind, key: `c${columns.size}` };
    columns.set(id, known);
    return known.key;
  };
  const whole = (part: Query): Query =>
    all(Object.entries(part).map(([key, value]) => condition(key, value)));
  const condition = (key: string, value: unknown): Query => {
    if (LOGICAL.has(key) && Array.isArray(value)) return { [key]: value.map((one) => whole(asQuery(one))) };
    return key.startsWith('$') ? { [key]: value } : field(columnName(key), value);
  };
  const field = (column: string, value: unknown): Query => {
    if (!isOperators(value)) return { [read(column, kindOf(column, value))]: operand(column, value) };
    const { $regex, $options, ...operators } = value;
    const parts = Object.entries(operators).map(([operator, one]) => {
      if (operator === '$not') return { $nor: [field(column, one)] };
      const kind = kindUnder(column, operator, one);
      return { [read(column, kind)]: { [operator]: operand(column, one, kind) } };
    });
    if ($regex !== undefined) {
      const options = $options === undefined ? {} : { $options };
      parts.push({ [read(column, textKind(column))]: { $regex, ...options } });
    }
    return all(parts);
  };
  return { query: whole(query), columns: [...columns.values()] };
}

function all(parts: readonly Query[]): Query {
  const [only] = parts;
  return parts.length === 1 && only ? only : parts.length === 0 ? {} : { $and: parts };
}

function asQuery(value: unknown): Query {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Query;
  throw new Error('$and, $or and $nor need lists of queries');
}

function isOperators(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).some((key) => key.startsWith('$'));
}

function textKind(column: string): ValueKind {
  return column === 'tags' ? 'list' : 'text';
}

function kindUnder(column: string, operator: string, value: unknown): ValueKind {
  if (column === 'tags') return 'list';
  if (operator === '$exists' || operator === '$type') return 'presence';
  if (operator === '$mod') return 'number';
  if (ORDER.has(operator)) return orderedKind(value);
  if (!Array.isArray(value)) return kindOf(column, value);
  const kinds = new Set(value.filter((one) => one !== null).map((one) => kindOf(column, one)));
  if (kinds.size > 1) throw new Error(`"${column}" is compared with values of several kinds in one list`);
  return [...kinds][0] ?? 'text';
}

function kindOf(column: string, value: unknown): ValueKind {
  if (column === 'tags') return 'list';
  if (value === null) return 'value';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'text';
}

/** Numbers and dates in text are compared as such, because the text "100" sorts before "18". */
function orderedKind(value: unknown): ValueKind {
  const text = String(value).trim();
  if (/^(?:19|20|21)\d{2}$/.test(text)) return 'year';
  if (NUMBER.test(text)) return 'number';
  return dateScale(text) === undefined ? 'text' : 'date';
}

function operand(column: string, value: unknown, kind?: ValueKind): unknown {
  if (Array.isArray(value)) return value.map((one) => operand(column, one, kind));
  if (column === 'tags')
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (typeof value !== 'string') return value;
  if (column === 'email') return value.toLowerCase();
  return kind === undefined || kind === 'text' || kind === 'presence' || kind === 'list'
    ? value
    : READ[kind](value);
}
