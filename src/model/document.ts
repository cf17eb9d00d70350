import { DocumentBase } from './document-base.js'
import type { ModelClass } from './model-class.js'
import { NodeDocument } from './node-document.js'

/** `Document<User>()` is the class that `User` extends; `x instanceof Document` is true for every model's documents. */
export interface DocumentFactory {
  <Model>(): ModelClass<Model, NodeDocument>
  [Symbol.hasInstance](value: unknown): value is DocumentBase
}

/**
 * The base of a model, typed for that model.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, StringField } from 'surrealengine'
 *
 * @Collection('document_example')
 * class Person extends Document<Person>() {
 *   @StringField({ required: true }) name!: string
 *   @IntField({ min: 0 }) age?: number
 * }
 * new Person({ name: 'Ann', age: 41 })
 * ```
 */
export const Document = (() => NodeDocument) as unknown as DocumentFactory

Object.defineProperty(Document, Symbol.hasInstance, { value: (value: unknown) => value instanceof DocumentBase })
