/** SurrealQL text and the values bound to its parameters; what travels to the database. */
export interface CompiledQuery {
  readonly query: string
  readonly bindings: Readonly<Record<string, unknown>>
}

/** The tables that something reads or writes; `all` where that cannot be told. */
export type Tables = ReadonlySet<string> | 'all'

/** The tables of several together. */
export function joinTables(several: readonly Tables[]): Tables {
  if (several.length === 1) return several[0]!
  const joined = new Set<string>()
  for (const tables of several) {
    if (tables === 'all') return 'all'
    for (const table of tables) joined.add(table)
  }
  return joined
}
