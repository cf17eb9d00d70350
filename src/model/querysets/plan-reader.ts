import { explain } from '../../persistence/explain.js'
import type { QueryPlan } from '../../query/query-plan.js'
import { ColumnReader } from './column-reader.js'

/** What `explain` can be told. */
export interface ExplainOptions {
  /** The database carries the query out, and says of each step what it took. */
  readonly full?: boolean
}

/** What says how the database goes about it. */
export abstract class PlanReader<Model, Row> extends ColumnReader<Model, Row> {
  /**
   * How the database would find the records, and by which indexes; it reads none of them, unless it is asked to be `full`.
   * What is loaded along by `prefetch()` is not part of it.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, StringField } from 'surrealengine'
   *
   * @Collection('explain_example')
   * class Person extends Document<Person>() {
   *   @StringField({ index: true }) name?: string
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * await Person.defineTable()
   * const { indexes } = await Person.objects.filter({ name: 'Ann' }).explain()
   * await connection.close()
   * ```
   * ```surql
   * SELECT * FROM `explain_example` WHERE (`name` = $p0) EXPLAIN
   * ```
   */
  async explain(options?: ExplainOptions): Promise<QueryPlan> {
    return await this.run(explain(this.query, options?.full))
  }

  /** {@link explain}, blocking. */
  explainSync(options?: ExplainOptions): QueryPlan {
    return this.runSync(explain(this.query, options?.full))
  }
}
