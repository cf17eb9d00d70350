import { deleteMany, hardDeleteMany, restoreMany, updateMany } from '../../persistence/write-many.js'
import type { RecordExpression } from '../../query/expressions/expression-types.js'
import type { UpdateFields } from '../../query/lookup-types.js'
import type { OnlyWhereSoft } from './condition-builder.js'
import { LiveReader } from './live-reader.js'

/** What changes all records that are asked for. */
export abstract class RowWriter<Model, Row> extends LiveReader<Model, Row> {
  /**
   * Sets fields of every record; the number of records. Values are validated, hooks of documents do not run. Without a
   * filter it is a LookupError, unless `allowAll()` was called. A value may be an expression, which the database works out
   * for each record: `{ visits: F('visits').add(1) }`, or `(u) => ({ visits: u.visits.add(1) })`.
   */
  update(make: (record: RecordExpression<Model>) => UpdateFields<Model>): Promise<number>
  update(fields: UpdateFields<Model>): Promise<number>
  async update(fields: unknown): Promise<number> {
    return await this.run(updateMany(this.query, fields))
  }

  /** {@link update}, blocking. */
  updateSync(make: (record: RecordExpression<Model>) => UpdateFields<Model>): number
  updateSync(fields: UpdateFields<Model>): number
  updateSync(fields: unknown): number {
    return this.runSync(updateMany(this.query, fields))
  }

  /**
   * Deletes every record; the number of records. Hooks of documents do not run. Without a filter it is a LookupError,
   * unless `allowAll()` was called.
   */
  async delete(): Promise<number> {
    return await this.run(deleteMany(this.query))
  }

  /** {@link delete}, blocking. */
  deleteSync(): number {
    return this.runSync(deleteMany(this.query))
  }

  /** Deletes every record for good, also where `delete()` marks them only; the number of records. See {@link delete}. */
  async hardDelete(): Promise<number> {
    return await this.run(hardDeleteMany(this.query))
  }

  /** {@link hardDelete}, blocking. */
  hardDeleteSync(): number {
    return this.runSync(hardDeleteMany(this.query))
  }

  /** Takes the mark from every record that is marked as deleted; the number of records. See {@link withDeleted}. */
  async restore(this: this & OnlyWhereSoft<Model>): Promise<number> {
    return await this.run(restoreMany(this.query))
  }

  /** {@link restore}, blocking. */
  restoreSync(this: this & OnlyWhereSoft<Model>): number {
    return this.runSync(restoreMany(this.query))
  }
}
