/** The required fields that have no value. */
export function lackingFields(
  required: readonly string[],
  values: Readonly<Record<string, string | undefined>>,
): string[] {
  return required.filter((name) => !Object.hasOwn(values, name) || !values[name]);
}

/** Counts, of each required field, how many recipients have no value. */
export class LackingFields {
  readonly counts = new Map<string, number>();

  constructor(private readonly required: readonly string[]) {}

  /** @param values the fields of a recipient */
  add(values: Readonly<Record<string, string>>): void {
    for (const name of lackingFields(this.required, values)) {
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    }
  }
}
