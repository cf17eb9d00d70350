import type { Ref } from '../fields/links/reference-field.js'
import { DocumentBase } from './document-base.js'
import type { ModelClass } from './model-class.js'

/** Tells the compiler relations from other documents; there is no such member. */
declare const relation: unique symbol

/** The base of every relation; user code extends `RelationDocument<WorksAt>()`. */
export class RelationBase extends DocumentBase {
  /** @internal */
  declare readonly [relation]: true;
  /** Where the edge begins. It cannot be changed once stored. */
  declare in: unknown
  /** Where the edge ends. It cannot be changed once stored. */
  declare out: unknown
}

/** An edge whose ends have a type. */
export type RelationBetween<In, Out> = RelationBase & { in: Ref<In>; out: Ref<Out> }

/** `RelationDocument<WorksAt, Person, Company>()` is the class that `WorksAt` extends. */
export interface RelationDocumentFactory {
  <Model, In = object, Out = object>(): ModelClass<Model, RelationBetween<In, Out>>
  [Symbol.hasInstance](value: unknown): value is RelationBase
}

/**
 * The base of an edge of the graph: a document between two others. `in` and `out` are links to them, which `@Collection`
 * may restrict to a model each. Like every document it is made with `new`, `create` or `bulkCreate`; `ann.relate(…)` does the same.
 *
 * @example
 * ```ts
 * import { Collection, DateTimeField, Document, RelationDocument } from 'surrealengine'
 *
 * @Collection('relation_person')
 * class Person extends Document<Person>() {}
 * @Collection('relation_company')
 * class Company extends Document<Company>() {}
 *
 * @Collection('relation_example', { in: () => Person, out: () => Company })
 * class WorksAt extends RelationDocument<WorksAt, Person, Company>() {
 *   @DateTimeField() since?: Date
 * }
 * ```
 */
export const RelationDocument = (() => RelationBase) as unknown as RelationDocumentFactory

Object.defineProperty(RelationDocument, Symbol.hasInstance, {
  value: (value: unknown) => value instanceof RelationBase,
})
