import { createHash } from 'node:crypto'
import { LookupError, ValidationError } from '../../errors.js'
import type { CachedQuery, CachedResults } from './cached-results.js'
import type { CompiledQuery, Tables } from '../../surrealql/compiled-query.js'
import { Table } from '../../values.js'
import { ValueCodec } from '../calls/value-codec.js'
import type { CacheLimits } from '../options/cache-options.js'
import type { SessionState } from '../session/session-state.js'
import { MemoryStore, type CacheStore } from './cache-store.js'
import type { TableVersions } from './table-versions.js'

/** What is not good any more: a table by its name, or the results with a tag. */
export type CacheTarget = string | Table | { readonly tag: string }

/** What a cache is made of. */
export interface ResultCacheParts {
  /** Undefined where it is switched off. */
  readonly limits: CacheLimits | undefined
  readonly session: SessionState
  readonly versions: TableVersions
  /** Which server or store the connection is one to. */
  readonly place: string
}

const NOT_CACHED: CachedResults = { found: undefined, keep: () => {} }

/**
 * The results of querysets with `cache()`, of one connection: `connection.cache`. Writes of this process take out what they
 * make old by themselves.
 */
export class ResultCache {
  readonly #parts: ResultCacheParts
  readonly #codec = new ValueCodec()
  #memory: CacheStore | undefined
  /** What was sent and has no answer yet, by its key. */
  readonly #underWay = new Map<string, Promise<unknown>>()
  #isClosed = false
  #hits = 0
  #misses = 0

  /** @internal Use `connection.cache`. */
  constructor(parts: ResultCacheParts) {
    this.#parts = parts
  }

  /** How many round trips were saved. */
  get hits(): number {
    return this.#hits
  }

  /** How many round trips of cached querysets were not. */
  get misses(): number {
    return this.#misses
  }

  /**
   * Makes results old that were changed by somebody this process knows nothing of: those that read a table, and those with
   * a tag. It takes effect at once, in every connection of this process to the same place.
   *
   * @example
   * ```ts
   * import { createConnection } from 'surrealengine'
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main', name: 'cache' }).connect()
   * connection.cache.invalidate('person', { tag: 'front page' })
   * await connection.close()
   * ```
   */
  invalidate(...targets: readonly CacheTarget[]): void {
    const { versions } = this.#parts
    for (const target of targets) {
      if (target instanceof Table) versions.written(new Set([target.name]))
      else if (typeof target === 'string') versions.written(new Set([target]))
      else versions.outdated(checkedTag(target.tag, 'invalidate()'))
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.#parts.versions.written('all')
    this.#parts.limits?.store?.clear()
    this.#memory?.clear()
  }

  /** @internal What is known of a query; nothing while it is not certain who asks. */
  look({ query, tables, ttl, tag, canWait }: CachedQuery): CachedResults {
    const { limits, session, versions } = this.#parts
    if (!limits || this.#isClosed || !session.isSettled) return NOT_CACHED
    const version = versions.of(tables, tag)
    const key = this.#keyOf(query, version)
    const found = this.#read(key)
    if (found) {
      this.#hits += 1
      return { found, keep: () => {} }
    }
    const underWay = canWait ? this.#underWay.get(key) : undefined
    if (underWay) return { ...NOT_CACHED, underWay }
    this.#misses += 1
    const { turn } = session
    const lifetime = ttl ?? limits.ttl
    const until = Date.now() + lifetime
    const keep = (results: readonly unknown[]): void => {
      const isOfThisUser = session.isSettled && session.turn === turn
      if (isOfThisUser && versions.of(tables, tag) === version) this.#write(key, { results, until, lifetime })
    }
    return { found: undefined, keep, sent: (reading) => this.#sent(key, reading) }
  }

  /** Equal reads wait for the first one of them, whatever becomes of it. */
  #sent(key: string, reading: Promise<unknown>): void {
    if (this.#underWay.has(key)) return
    const over = (): unknown => this.#underWay.delete(key)
    this.#underWay.set(key, reading.then(over, over))
  }

  /** @internal These tables were written, or may have been. */
  written(tables: Tables): void {
    this.#parts.versions.written(tables)
  }

  /** @internal The connection is closed. */
  close(): void {
    this.#isClosed = true
    this.#memory = undefined
  }

  get #store(): CacheStore {
    const { limits } = this.#parts
    const { store, maxBytes } = limits!
    return store ?? (this.#memory ??= new MemoryStore(maxBytes === undefined ? {} : { maxBytes }))
  }

  /** What is sent, to where, and by whom. It is hashed, because it holds a token. */
  #keyOf({ query, bindings }: CompiledQuery, version: string): string {
    const { session, place } = this.#parts
    const bytes = this.#codec.encode([place, session.identity, version, query, bindings])
    return createHash('sha256').update(bytes).digest('base64url')
  }

  /** Each reader gets values of its own. */
  #read(key: string): readonly unknown[] | undefined {
    const bytes = this.#store.get(key)
    if (!bytes) return undefined
    const [until, results] = this.#codec.decode<[number, readonly unknown[]]>(bytes)
    if (until > Date.now()) return results
    this.#store.delete(key)
    return undefined
  }

  /** What has come from the database, and cannot be sent to it, is read again each time. */
  #encoded(kept: readonly unknown[]): Uint8Array | undefined {
    try {
      return this.#codec.encode(kept)
    } catch (error) {
      if (error instanceof ValidationError) return undefined
      throw error
    }
  }

  #write(key: string, kept: { readonly results: readonly unknown[]; until: number; lifetime: number }): void {
    const bytes = this.#encoded([kept.until, kept.results])
    if (bytes) this.#store.set(key, bytes, kept.lifetime)
  }
}

/** Checks the name that results are given. */
export function checkedTag(tag: unknown, method: string): string {
  if (typeof tag === 'string' && tag !== '') return tag
  throw new LookupError('INVALID_VALUE', `${method} takes a tag that is text, and not empty.`)
}
