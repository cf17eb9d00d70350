import { DateTimeField } from '../fields/time/date-time-field.js'
import { declareFields } from '../fields/field-decorator.js'
import { declareRoles } from '../schema/roles.js'
import type { DocumentBase } from './document-base.js'
import { extended } from './extended.js'
import type { ModelClass } from './model-class.js'

/** The fields of {@link Timestamps}. */
export interface Timestamped {
  /** When the document was first saved; given by `save()` where it has none. */
  createdAt: Date
  /** When the record was last written. */
  updatedAt: Date
}

/**
 * Adds `createdAt` and `updatedAt`, which every write sets: `save()`, `bulkCreate()`, and `update()` of a queryset.
 *
 * @example
 * ```ts
 * import { Collection, Document, StringField, Timestamps } from 'surrealengine'
 *
 * @Collection('timestamps_example')
 * class Post extends Timestamps(Document<Post>()) {
 *   @StringField() title?: string
 * }
 * Post.objects.filter({ createdAt__gte: new Date(0) }).orderBy('-updatedAt').toSurrealQL()
 * ```
 * ```surql
 * SELECT * FROM `timestamps_example` WHERE (`createdAt` >= $p0) ORDER BY `updatedAt` DESC
 * ```
 */
export function Timestamps<Model, Base extends DocumentBase>(
  base: ModelClass<Model, Base>,
): ModelClass<Model, Base & Timestamped> {
  const mixed = extended(base)
  declareFields(mixed, { createdAt: DateTimeField().field, updatedAt: DateTimeField().field })
  declareRoles(mixed, { createdAt: 'createdAt', updatedAt: 'updatedAt' })
  return mixed as unknown as ModelClass<Model, Base & Timestamped>
}
