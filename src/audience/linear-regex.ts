import { RE2JS } from 're2js';

const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
};

/**
 * The test of a `$regex`. It takes time in proportion to the text: an expression such as `(a+)+$` would keep the one of
 * JavaScript busy for years over a single row.
 * @throws Error for an expression that is none of RE2, such as one that looks ahead
 */
export function linearRegex(pattern: unknown, options: unknown): (value: unknown) => boolean {
  if (typeof pattern !== 'string' || !(options === undefined || typeof options === 'string'))
    throw new Error('$regex and $options take a text');
  let flags = 0;
  for (const option of options ?? '') {
    const flag = FLAGS[option];
    if (flag === undefined) throw new Error(`$options has no "${option}"; there are i, m and s`);
    flags |= flag;
  }
  const expression = compile(pattern, flags);
  return (value) => typeof value === 'string' && expression.matcher(value).find();
}

function compile(pattern: string, flags: number): RE2JS {
  try {
    return RE2JS.compile(pattern, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `$regex "${pattern}" is not an expression that can be searched for in linear time: ${reason}`,
    );
  }
}
