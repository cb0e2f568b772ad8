import { RE2JS } from 're2js';

const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
};

/**
 * The test of a `$regex`, in linear time. JavaScript's engine would need years for an expression such as `(a+)+$`.
 * @throws Error for an expression that RE2 does not support, such as a lookahead
 */
export function linearRegex(pattern: unknown, options: unknown): (value: unknown) => boolean {
  if (typeof pattern !== 'string' || !(options === undefined || typeof options === 'string'))
    throw new Error('$regex and $options must be text');
  let flags = 0;
  for (const option of options ?? '') {
    const flag = FLAGS[option];
    if (flag === undefined) throw new Error(`$options does not support "${option}", only i, m and s`);
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
    throw new Error(`$regex "${pattern}" is not a valid RE2 expression: ${reason}`);
  }
}
