import type { RecordId } from '../values.js'

/** What is known of a document besides its fields. */
export class DocumentState {
  id: RecordId | undefined
  /** The record as the database last gave it; undefined while the document is new. Never changed in place. */
  stored: Readonly<Record<string, unknown>> | undefined
  isDeleted = false
  /** A save or delete is under way. */
  isWriting = false
}

/** A document with its state, which only this package reaches. */
export class StatefulDocument {
  readonly #state = new DocumentState()

  /** @internal */
  static stateOf(document: StatefulDocument): DocumentState {
    return document.#state
  }
}

/** The fields of a document by name. */
export type FieldValues = Record<string, unknown>

/** A document as a record of its fields. */
export function fieldValues(document: object): FieldValues {
  return document as FieldValues
}
