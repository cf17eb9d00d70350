import { DateTimeField } from '../fields/time/date-time-field.js'
import { declareFields } from '../fields/field-decorator.js'
import { hardDelete, restore } from '../persistence/delete.js'
import { runOperation, runOperationSync } from '../persistence/run-operation.js'
import { modelMetaOf } from '../schema/model-registry.js'
import { declareRoles } from '../schema/roles.js'
import { choose, type DocumentBase } from './document-base.js'
import type { OperationOptions } from './document-types.js'
import { extended } from './extended.js'
import type { ModelClass } from './model-class.js'
import type { SoftlyDeleted } from './softly-deleted.js'

/**
 * Makes `delete()` mark the record with `deletedAt` instead of deleting it. Every query leaves marked records out, also
 * `get(id)`, `exists(id)`, `update()` and `delete()`; `objects.withDeleted()` and `objects.onlyDeleted()` do not.
 *
 * @example
 * ```ts
 * import { Collection, createConnection, Document, SoftDelete, StringField } from 'surrealengine'
 *
 * @Collection('soft_delete_example')
 * class Note extends SoftDelete(Document<Note>()) {
 *   @StringField() text?: string
 * }
 * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
 * const note = await Note.create({ text: 'x' })
 * await note.delete()
 * await note.restore()
 * await connection.close()
 * ```
 * ```surql
 * CREATE ONLY $p0 CONTENT $p1
 * UPDATE ONLY $p0 SET `deletedAt` = $p1
 * UPDATE ONLY $p0 SET `deletedAt` = NONE
 * ```
 */
export function SoftDelete<Model, Base extends DocumentBase>(
  base: ModelClass<Model, Base>,
): ModelClass<Model, Base & SoftlyDeleted> {
  const mixed = class extends (extended(base) as unknown as typeof DocumentBase) {
    async restore(options?: OperationOptions): Promise<this> {
      const meta = modelMetaOf(this.constructor)
      await runOperation(choose(meta, options), restore(meta, this))
      return this
    }

    restoreSync(options?: OperationOptions): this {
      const meta = modelMetaOf(this.constructor)
      runOperationSync(choose(meta, options), restore(meta, this))
      return this
    }

    async hardDelete(options?: OperationOptions): Promise<void> {
      const meta = modelMetaOf(this.constructor)
      await runOperation(choose(meta, options), hardDelete(meta, this))
    }

    hardDeleteSync(options?: OperationOptions): void {
      const meta = modelMetaOf(this.constructor)
      runOperationSync(choose(meta, options), hardDelete(meta, this))
    }
  }
  declareFields(mixed, { deletedAt: DateTimeField().field })
  declareRoles(mixed, { deletedAt: 'deletedAt' })
  return mixed as unknown as ModelClass<Model, Base & SoftlyDeleted>
}
