import { AnyKind } from './any-field.js'
import type { Field } from './field.js'

/** A value that no field of a model stores, such as what a search says of a record. */
class FoundKind extends AnyKind {
  readonly #read: (stored: unknown) => unknown
  readonly #type: string

  constructor(read: (stored: unknown) => unknown, type: string) {
    super()
    this.#read = read
    this.#type = type
  }

  override databaseType(): string {
    return this.#type
  }

  protected override valueFromDatabase(stored: unknown): unknown {
    return this.#read(stored)
  }
}

/** The field of a value that is read like this, and is of that type in the database. */
export function foundField(read: (stored: unknown) => unknown, type: string): Field {
  return new FoundKind(read, type)
}

/** A field whose value is what the database stores. */
export const storedField: Field = foundField((stored) => stored, 'any')
