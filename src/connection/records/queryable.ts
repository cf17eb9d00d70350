import { LookupError } from '../../errors.js'
import type { CompiledQuery } from '../../surrealql/compiled-query.js'
import { isPlainObject } from '../../values.js'
import type { CallOptions } from '../calls/call-options.js'
import { ChangingMethods } from './changing-methods.js'

/** What can be asked of a connection and of a transaction alike, each in both modes. */
export abstract class Queryable extends ChangingMethods {
  /**
   * Runs SurrealQL; resolves to one entry per statement. Values belong into `bindings`, never into the text.
   *
   * The first failed statement is thrown as a DatabaseError, or as the subclass that fits.
   *
   * @example
   * ```ts
   * import { createConnection } from 'surrealengine'
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main', name: 'query' }).connect()
   * const [sum] = await connection.query<[number]>('RETURN $left + 2', { left: 40 })
   * await connection.close()
   * ```
   * ```surql
   * RETURN $left + 2
   * ```
   */
  async query<Results extends readonly unknown[] = unknown[]>(
    text: string | CompiledQuery,
    bindings?: Readonly<Record<string, unknown>>,
    options?: CallOptions,
  ): Promise<Results> {
    return (await this.execute(toQuery(text, bindings), options)) as Results
  }

  /** {@link query}, blocking. */
  querySync<Results extends readonly unknown[] = unknown[]>(
    text: string | CompiledQuery,
    bindings?: Readonly<Record<string, unknown>>,
    options?: CallOptions,
  ): Results {
    return this.executeSync(toQuery(text, bindings), options) as Results
  }

  /** @internal One compiled query, for the operations of documents and querysets. */
  async execute({ query, bindings }: CompiledQuery, options?: CallOptions): Promise<readonly unknown[]> {
    return (await this.request({ method: 'query', params: [query, bindings] }, options)) as readonly unknown[]
  }

  /** @internal {@link execute}, blocking. */
  executeSync({ query, bindings }: CompiledQuery, options?: CallOptions): readonly unknown[] {
    return this.requestSync({ method: 'query', params: [query, bindings] }, options) as readonly unknown[]
  }
}

function toQuery(text: string | CompiledQuery, bindings: Readonly<Record<string, unknown>> = {}): CompiledQuery {
  const given = typeof text === 'string' ? { query: text, bindings: {} } : text
  const { query, bindings: own } = Object(given) as CompiledQuery
  if (typeof query !== 'string') throw new LookupError('INVALID_VALUE', 'A query is text, or what surql`…` gives.')
  if (!isPlainObject(bindings))
    throw new LookupError('INVALID_VALUE', 'Bindings are an object: query(text, { name: value }).')
  return { query, bindings: { ...own, ...bindings } }
}
