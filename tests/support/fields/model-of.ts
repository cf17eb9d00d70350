import { declareFields } from '../../../src/fields/field-decorator.js'
import {
  Collection,
  Document,
  RelationDocument,
  type CollectionOptions,
  type FieldDecorator,
  type ModelClass,
} from '../../../src/index.js'
import { isRelation } from '../../../src/schema/relation.js'

/** A document whose fields the compiler does not know. */
export type AnyDocument = InstanceType<ModelClass<unknown>> & Record<string, unknown>

/** A model that is put together at run time. */
export function modelOf(
  table: string,
  fields: Readonly<Record<string, FieldDecorator<never>>>,
  options: CollectionOptions = {},
): ModelClass<AnyDocument> {
  const base: unknown = isRelation(options) ? RelationDocument<AnyDocument>() : Document<AnyDocument>()
  class Made extends (base as new (fields?: object) => object) {}
  declareFields(Made, Object.fromEntries(Object.entries(fields).map(([name, { field }]) => [name, field])))
  return Collection(table, options)(Made) as unknown as ModelClass<AnyDocument>
}
