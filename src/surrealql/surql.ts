import type { CompiledQuery } from './compiled-query.js'

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
  return { query, bindings }
}
