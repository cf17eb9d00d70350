import type { CompiledQuery } from './compiled-query.js'

class SurqlText implements CompiledQuery {
  constructor(
    readonly query: string,
    readonly bindings: Readonly<Record<string, unknown>>,
  ) {}
}

/** Whether a value was made by {@link surql}: it is SurrealQL, and no value of that shape. */
export function isSurql(value: unknown): value is CompiledQuery {
  return value instanceof SurqlText
}

/**
 * SurrealQL text with values in it; each value travels as a binding, never as text.
 *
 * @example
 * ```ts
 * import { surql } from 'surrealengine'
 * surql`SELECT * FROM person WHERE age > ${18}`
 * ```
 * ```surql
 * SELECT * FROM person WHERE age > $p0
 * ```
 */
export function surql(text: TemplateStringsArray, ...values: readonly unknown[]): CompiledQuery {
  const bindings: Record<string, unknown> = {}
  const query = text.reduce((written, piece, index) => {
    bindings[`p${index - 1}`] = values[index - 1]
    return `${written}$p${index - 1}${piece}`
  })
  return new SurqlText(query, bindings)
}
