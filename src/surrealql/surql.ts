import type { CompiledQuery } from './compiled-query.js'

/** Text, and the values that stand between its pieces. */
interface SurqlParts {
  readonly pieces: readonly string[]
  readonly values: readonly unknown[]
}

class SurqlText implements CompiledQuery {
  readonly #parts: SurqlParts

  constructor(
    readonly query: string,
    readonly bindings: Readonly<Record<string, unknown>>,
    parts: SurqlParts,
  ) {
    this.#parts = parts
  }

  static partsOf(text: SurqlText): SurqlParts {
    return text.#parts
  }
}

/** What was given to {@link surql}. */
export function surqlParts(text: CompiledQuery): SurqlParts {
  return text instanceof SurqlText ? SurqlText.partsOf(text) : { pieces: [text.query], values: [] }
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
  return new SurqlText(query, bindings, { pieces: text, values })
}
