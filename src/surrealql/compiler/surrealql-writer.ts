import type { CompiledQuery } from '../compiled-query.js'
import type { Dialect } from '../dialect.js'

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
    const name = `p${this.#count++}`
    const { spellValue } = this.dialect
    this.#bindings[name] = spellValue ? spellValue(value) : value
    return this.write(`$${name}`)
  }

  finish(): CompiledQuery {
    return { query: this.#text, bindings: this.#bindings }
  }
}
