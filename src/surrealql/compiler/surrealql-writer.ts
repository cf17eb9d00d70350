import type { CompiledQuery } from '../compiled-query.js'
import type { Dialect } from '../dialect.js'

/** The names of parameters, made once: most statements have a few. */
const NAMES: readonly string[] = Array.from({ length: 100 }, (_, index) => `p${index}`)

/** Collects the text of one query and the values bound in it. */
export class SurrealqlWriter {
  readonly #bindings: Record<string, unknown> = {}
  #count = 0
  #text = ''

  constructor(readonly dialect: Dialect) {}

  /** Adds text as it stands. */
  write(text: string): this {
    this.#text += text
    return this
  }

  /** Adds a parameter and binds the value to it. */
  bind(value: unknown): this {
    const index = this.#count++
    const name = NAMES[index] ?? `p${index}`
    const { spellValue } = this.dialect
    this.#bindings[name] = spellValue ? spellValue(value) : value
    this.#text += `$${name}`
    return this
  }

  finish(): CompiledQuery {
    return { query: this.#text, bindings: this.#bindings }
  }
}
