import type { CompiledQuery } from '../../surrealql/compiled-query.js'
import type { RecordId } from '../../values.js'
import type { CallOptions } from '../calls/call-options.js'
import type { Executor, ExecutorOptions } from '../calls/executor.js'
import { functionQuery } from './function-query.js'
import { selectQuery, withId } from './record-queries.js'
import type { RecordList, RecordTarget, StoredRecord } from './record-types.js'
import type { RpcRequest } from '../calls/rpc.js'

const SIGNED_IN_RECORD: CompiledQuery = { query: 'SELECT * FROM ONLY $auth', bindings: {} }
/** Asked twice, it does no harm. */
const READS: CallOptions = { idempotent: true }
const ASKS_SESSION: ExecutorOptions = { ...READS, ofSession: true }
const VERSION: RpcRequest = { method: 'version', params: [] }

/** The methods of the official driver that read, each in both modes; part of every {@link Queryable}. */
export abstract class ReadingMethods implements Executor {
  abstract readonly serverVersion: string | undefined

  /** @internal One request of the RPC protocol. */
  abstract request(request: RpcRequest, options?: CallOptions): Promise<unknown>

  /** @internal {@link request}, blocking. */
  abstract requestSync(request: RpcRequest, options?: CallOptions): unknown

  /** @internal One compiled query, for the operations of documents and querysets. */
  abstract execute(query: CompiledQuery, options?: CallOptions): Promise<readonly unknown[]>

  /** @internal {@link execute}, blocking. */
  abstract executeSync(query: CompiledQuery, options?: CallOptions): readonly unknown[]

  /** @internal What the only statement of a query gives. */
  protected async result(query: CompiledQuery, options?: CallOptions): Promise<unknown> {
    const [result] = await this.execute(query, options)
    return result
  }

  /** @internal {@link result}, blocking. */
  protected resultSync(query: CompiledQuery, options?: CallOptions): unknown {
    const [result] = this.executeSync(query, options)
    return result
  }

  /**
   * Reads records: a RecordId gives the record, or undefined; a table or a RecordIdRange gives a list.
   *
   * A table that does not exist is a DatabaseError of the kind `NotFound.Table`; a target that is none, a LookupError.
   *
   * @example
   * ```ts
   * const ann = await connection.select<{ name: string }>(new RecordId('person', 'ann'))
   * const everyone = await connection.select<{ name: string }>('person')
   * console.log(ann?.name, everyone.length)
   * ```
   * ```surql
   * SELECT * FROM ONLY $target
   * SELECT * FROM $target
   * ```
   */
  select<Row extends object = Record<string, unknown>>(
    target: RecordId,
    options?: CallOptions,
  ): Promise<StoredRecord<Row> | undefined>
  select<Row extends object = Record<string, unknown>>(
    target: RecordList,
    options?: CallOptions,
  ): Promise<StoredRecord<Row>[]>
  async select(target: RecordTarget, options?: CallOptions): Promise<unknown> {
    return withId(target, await this.result(selectQuery(target), { ...READS, ...options }))
  }

  /** {@link select}, blocking. */
  selectSync<Row extends object = Record<string, unknown>>(
    target: RecordId,
    options?: CallOptions,
  ): StoredRecord<Row> | undefined
  selectSync<Row extends object = Record<string, unknown>>(
    target: RecordList,
    options?: CallOptions,
  ): StoredRecord<Row>[]
  selectSync(target: RecordTarget, options?: CallOptions): unknown {
    return withId(target, this.resultSync(selectQuery(target), { ...READS, ...options }))
  }

  /**
   * Calls a function of the database with bound arguments; a machine learning model (`ml::…`) with its version too.
   *
   * A name or version that is none is a LookupError; a function that does not exist or fails, a DatabaseError.
   *
   * @example
   * ```ts
   * await connection.query('DEFINE FUNCTION fn::greet($name: string) { RETURN "Hello " + $name }')
   * const greeting = await connection.run<string>('fn::greet', ['Ann'])
   * const largest = connection.runSync<number>('math::max', [[1, 3, 2]])
   * ```
   * ```surql
   * RETURN fn::greet($p0)
   * ```
   */
  async run<Result = unknown>(name: string, args?: readonly unknown[], version?: string): Promise<Result> {
    return (await this.result(functionQuery(name, args, version))) as Result
  }

  /** {@link run}, blocking. */
  runSync<Result = unknown>(name: string, args?: readonly unknown[], version?: string): Result {
    return this.resultSync(functionQuery(name, args, version)) as Result
  }

  /**
   * The record of the signed-in record user; undefined for every other user, for nobody, and for a user who may not read
   * it. In a transaction it is the record as it was committed.
   *
   * @example
   * ```ts
   * const me = await connection.info<{ email: string }>()
   * console.log(me?.id, me?.email)
   * ```
   * ```surql
   * SELECT * FROM ONLY $auth
   * ```
   */
  async info<Row extends object = Record<string, unknown>>(
    options?: CallOptions,
  ): Promise<StoredRecord<Row> | undefined> {
    return (await this.result(SIGNED_IN_RECORD, { ...ASKS_SESSION, ...options })) as StoredRecord<Row> | undefined
  }

  /** {@link info}, blocking. */
  infoSync<Row extends object = Record<string, unknown>>(options?: CallOptions): StoredRecord<Row> | undefined {
    return this.resultSync(SIGNED_IN_RECORD, { ...ASKS_SESSION, ...options }) as StoredRecord<Row> | undefined
  }

  /**
   * Asks the database for its version; `connection.serverVersion` is what it said when the connection was opened.
   *
   * @example
   * ```ts
   * const { version } = await connection.version() // surrealdb-3.0.2
   * ```
   */
  async version(options?: CallOptions): Promise<{ readonly version: string }> {
    return { version: String(await this.request(VERSION, options)) }
  }

  /** {@link version}, blocking. */
  versionSync(options?: CallOptions): { readonly version: string } {
    return { version: String(this.requestSync(VERSION, options)) }
  }
}
