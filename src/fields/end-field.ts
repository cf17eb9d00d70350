import { z } from 'zod'
import { escapeIdentifier } from '../surrealql/escape.js'
import { isPlainObject, RecordId } from '../values.js'
import type { FieldOptions } from './field-options.js'
import { linkedId, ReferenceKind } from './reference-field.js'
import { linkedStructure, type Structure } from './structure.js'

/** One end of an edge: a link to a record of one model, or of one of several. */
export class EndKind extends ReferenceKind {
  readonly #models: () => readonly object[]

  constructor(link: () => object | readonly object[], options: FieldOptions) {
    const models = (): readonly object[] => [link()].flat()
    super(() => models()[0]!, options)
    this.#models = models
  }

  get #ends(): readonly Structure[] {
    return this.#models().map((model) => linkedStructure(() => model, 'An end of a relation'))
  }

  override get linked(): readonly Structure[] {
    return this.#ends
  }

  protected override buildSchema(): z.ZodType {
    const ends = this.#ends
    const names = ends.map(({ name }) => name).join(' or ')
    return z.custom((value) => {
      const table = linkedId(value)?.table.name
      return ends.some((end) => end.table === table)
    }, `must be a saved ${names}, or its RecordId; save the document first`)
  }

  override databaseType(): string {
    return `record<${this.#ends.map(({ table, name }) => escapeIdentifier(table ?? name)).join(' | ')}>`
  }

  protected override valueFromDatabase(stored: unknown): unknown {
    if (!isPlainObject(stored)) return stored
    const { id } = stored
    const end = this.#ends.find(({ table }) => id instanceof RecordId && id.table.name === table)
    return (end ?? this.structure).hydrate(stored)
  }
}
