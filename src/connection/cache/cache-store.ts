/**
 * Where the results of cached queries are kept, as bytes. It answers at once, because blocking calls use it as well; a Map
 * is one. What it forgets is asked for again, and what is too old is not taken from it.
 *
 * @example
 * ```ts
 * import { createConnection, MemoryStore, type CacheStore } from 'surrealengine'
 *
 * class CountingStore extends MemoryStore implements CacheStore {
 *   reads = 0
 *   override get(key: string): Uint8Array | undefined {
 *     this.reads += 1
 *     return super.get(key)
 *   }
 * }
 * createConnection({ url: 'mem://', namespace: 'app', database: 'main', cache: { store: new CountingStore() } })
 * ```
 */
export interface CacheStore {
  get(key: string): Uint8Array | undefined
  /** `ttl`: milliseconds after which nobody asks for it any more. */
  set(key: string, bytes: Uint8Array, ttl: number): unknown
  delete(key: string): unknown
  clear(): unknown
}

/** What {@link MemoryStore} can be told. */
export interface MemoryStoreOptions {
  /** It holds no more than this; what was not used for the longest time goes first. Default: 64 MiB. */
  readonly maxBytes?: number
}

interface Kept {
  readonly bytes: Uint8Array
  readonly size: number
  /** Milliseconds since 1970. */
  readonly until: number
}

/** The store of a connection that is given no other one: in the memory of this process. */
export class MemoryStore implements CacheStore {
  readonly #maxBytes: number
  /** In the order of their last use. */
  readonly #kept = new Map<string, Kept>()
  #bytes = 0

  constructor({ maxBytes = DEFAULT_BYTES }: MemoryStoreOptions = {}) {
    this.#maxBytes = maxBytes
  }

  /** How many results it holds. */
  get size(): number {
    return this.#kept.size
  }

  /** How much memory it uses, about. */
  get bytes(): number {
    return this.#bytes
  }

  get(key: string): Uint8Array | undefined {
    const kept = this.#kept.get(key)
    if (!kept) return undefined
    if (kept.until <= Date.now()) {
      this.delete(key)
      return undefined
    }
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    return kept.bytes
  }

  set(key: string, bytes: Uint8Array, ttl: number): void {
    this.delete(key)
    const size = bytes.byteLength + OVERHEAD
    if (size > this.#maxBytes) return
    this.#kept.set(key, { bytes, size, until: Date.now() + ttl })
    this.#bytes += size
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#maxBytes) return
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    this.#bytes -= this.#kept.get(key)?.size ?? 0
    this.#kept.delete(key)
  }

  clear(): void {
    this.#kept.clear()
    this.#bytes = 0
  }
}

const DEFAULT_BYTES = 64 * 1024 * 1024
/** Of a key and its entry. */
const OVERHEAD = 200
