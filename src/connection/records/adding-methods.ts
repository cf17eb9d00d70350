import type { CompiledQuery } from '../../surrealql/compiled-query.js'
import type { RecordId, Table } from '../../values.js'
import type { CallOptions } from '../calls/call-options.js'
import { ReadingMethods } from './reading-methods.js'
import { createQuery, insertQuery, insertRelationQuery, isTable, relateQuery } from './record-queries.js'
import type {
  EdgeContent,
  EdgeData,
  IdentifiedData,
  RecordData,
  RecordEnd,
  StoredEdge,
  StoredRecord,
} from './record-types.js'

/**
 * The methods of the official driver that add records and edges, each in both modes; part of every {@link Queryable}.
 *
 * All of them: where one record is added, undefined is what a user gets who may not add or see it. A table or data that are none
 * are a LookupError, before anything is sent.
 */
export abstract class AddingMethods extends ReadingMethods {
  /**
   * Creates a record with the given id, or one in a table; the table gives a list of that one record.
   *
   * An id that is taken is a UniqueViolationError (`RECORD_EXISTS`), what the schema refuses a SchemaError.
   *
   * @example
   * ```ts
   * const ann = await connection.create(new RecordId('person', 'ann'), { name: 'Ann' })
   * const [bob] = connection.createSync('person', { name: 'Bob' })
   * ```
   * ```surql
   * CREATE ONLY $target CONTENT $data
   * CREATE $target CONTENT $data
   * ```
   */
  create<Row extends object = Record<string, unknown>>(
    target: RecordId,
    data?: RecordData<Row>,
    options?: CallOptions,
  ): Promise<StoredRecord<Row> | undefined>
  create<Row extends object = Record<string, unknown>>(
    target: Table | string,
    data?: RecordData<Row>,
    options?: CallOptions,
  ): Promise<StoredRecord<Row>[]>
  async create(target: RecordId | Table | string, data?: object, options?: CallOptions): Promise<unknown> {
    return await this.result(createQuery(target, data), options)
  }

  /** {@link create}, blocking. */
  createSync<Row extends object = Record<string, unknown>>(
    target: RecordId,
    data?: RecordData<Row>,
    options?: CallOptions,
  ): StoredRecord<Row> | undefined
  createSync<Row extends object = Record<string, unknown>>(
    target: Table | string,
    data?: RecordData<Row>,
    options?: CallOptions,
  ): StoredRecord<Row>[]
  createSync(target: RecordId | Table | string, data?: object, options?: CallOptions): unknown {
    return this.resultSync(createQuery(target, data), options)
  }

  /**
   * Adds one record or many, all of them or none; gives the list of them. Without a table, each record carries its whole id.
   *
   * An id that is taken is a UniqueViolationError (`RECORD_EXISTS`), what the schema refuses a SchemaError.
   *
   * @example
   * ```ts
   * const people = await connection.insert('person', [{ id: 'ann', name: 'Ann' }, { name: 'Bob' }])
   * const mixed = await connection.insert([{ id: new RecordId('person', 'cy') }, { id: new RecordId('pet', 'rex') }])
   * ```
   * ```surql
   * INSERT INTO $table $data
   * INSERT $data
   * ```
   */
  insert<Row extends object = Record<string, unknown>>(
    table: Table | string,
    data: RecordData<Row> | readonly RecordData<Row>[],
    options?: CallOptions,
  ): Promise<StoredRecord<Row>[]>
  insert<Row extends object = Record<string, unknown>>(
    data: IdentifiedData<Row> | readonly IdentifiedData<Row>[],
    options?: CallOptions,
  ): Promise<StoredRecord<Row>[]>
  async insert(...call: readonly unknown[]): Promise<unknown> {
    return await this.result(...insertCall(call))
  }

  /** {@link insert}, blocking. */
  insertSync<Row extends object = Record<string, unknown>>(
    table: Table | string,
    data: RecordData<Row> | readonly RecordData<Row>[],
    options?: CallOptions,
  ): StoredRecord<Row>[]
  insertSync<Row extends object = Record<string, unknown>>(
    data: IdentifiedData<Row> | readonly IdentifiedData<Row>[],
    options?: CallOptions,
  ): StoredRecord<Row>[]
  insertSync(...call: readonly unknown[]): unknown {
    return this.resultSync(...insertCall(call))
  }

  /**
   * Adds one edge or many to a table of edges, all of them or none; each names its ends as `in` and `out`.
   *
   * An edge without an end is a DatabaseError. An edge whose id is taken stays as it is, and is given back, before SurrealDB 3.1.
   *
   * @example
   * ```ts
   * const likes = { in: new RecordId('person', 'ann'), out: new RecordId('person', 'bob'), since: 2020 }
   * const [edge] = await connection.insertRelation('likes', likes)
   * ```
   * ```surql
   * INSERT RELATION INTO $table $data
   * ```
   */
  async insertRelation<Row extends object = Record<string, unknown>>(
    table: Table | string,
    data: EdgeData<Row> | readonly EdgeData<Row>[],
    options?: CallOptions,
  ): Promise<StoredEdge<Row>[]> {
    return (await this.result(insertRelationQuery(data, table), options)) as StoredEdge<Row>[]
  }

  /** {@link insertRelation}, blocking. */
  insertRelationSync<Row extends object = Record<string, unknown>>(
    table: Table | string,
    data: EdgeData<Row> | readonly EdgeData<Row>[],
    options?: CallOptions,
  ): StoredEdge<Row>[] {
    return this.resultSync(insertRelationQuery(data, table), options) as StoredEdge<Row>[]
  }

  /**
   * Draws an edge from one record to another and gives it; lists of records are connected each with each, and give a list.
   *
   * An edge with an id that is taken is written again, and keeps its ends: other ones are a SchemaError.
   *
   * @example
   * ```ts
   * const [ann, bob] = [new RecordId('person', 'ann'), new RecordId('person', 'bob')]
   * const edge = await connection.relate(ann, 'likes', bob, { since: 2020 })
   * const edges = connection.relateSync([ann], 'likes', [ann, bob])
   * ```
   * ```surql
   * RELATE ONLY $from->$edge->$to CONTENT $data
   * RELATE $from->$edge->$to
   * ```
   */
  relate<Row extends object = Record<string, unknown>>(
    from: RecordId,
    edge: RecordId | Table | string,
    to: RecordId,
    data?: EdgeContent<Row>,
    options?: CallOptions,
  ): Promise<StoredEdge<Row> | undefined>
  relate<Row extends object = Record<string, unknown>>(
    from: RecordEnd,
    edge: Table | string,
    to: RecordEnd,
    data?: EdgeContent<Row>,
    options?: CallOptions,
  ): Promise<StoredEdge<Row>[]>
  async relate(...[from, edge, to, data, options]: RelateCall): Promise<unknown> {
    return await this.result(relateQuery({ from, edge, to, data }), options)
  }

  /** {@link relate}, blocking. */
  relateSync<Row extends object = Record<string, unknown>>(
    from: RecordId,
    edge: RecordId | Table | string,
    to: RecordId,
    data?: EdgeContent<Row>,
    options?: CallOptions,
  ): StoredEdge<Row> | undefined
  relateSync<Row extends object = Record<string, unknown>>(
    from: RecordEnd,
    edge: Table | string,
    to: RecordEnd,
    data?: EdgeContent<Row>,
    options?: CallOptions,
  ): StoredEdge<Row>[]
  relateSync(...[from, edge, to, data, options]: RelateCall): unknown {
    return this.resultSync(relateQuery({ from, edge, to, data }), options)
  }
}

type RelateCall = [
  from: RecordEnd,
  edge: RecordId | Table | string,
  to: RecordEnd,
  data?: object | undefined,
  options?: CallOptions | undefined,
]

/** `insert(table, data, options)`, or `insert(data, options)`. */
function insertCall([first, second, third]: readonly unknown[]): readonly [CompiledQuery, CallOptions | undefined] {
  return isTable(first)
    ? [insertQuery(second, first), third as CallOptions | undefined]
    : [insertQuery(first), second as CallOptions | undefined]
}
