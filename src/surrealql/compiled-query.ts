/** SurrealQL text and the values bound to its parameters; what travels to the database. */
export interface CompiledQuery {
  readonly query: string
  readonly bindings: Readonly<Record<string, unknown>>
}
