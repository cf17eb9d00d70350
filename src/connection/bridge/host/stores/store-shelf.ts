import { realpathSync } from 'node:fs'
import path from 'node:path'
import { messageOf, OpenFailed } from '../channels/channel.js'
import { sleep } from '../deadline.js'
import type { EngineClaim } from './engine-claim.js'
import { loadNativeEngine } from './native-engine.js'
import { NativeStore } from './native-store.js'

/** How long a store that is still locked is tried again: the engine lets go of a path a little after `free`. */
const LOCK_PATIENCE = 1000
const LOCK_PAUSE = 50
const LOCKED = /already locked|lock hold by current process|While lock file/i

/** A store for one link, until it gives it back. */
export interface TakenStore {
  readonly store: NativeStore
  /** Resolves when the path is free again, or at once if it stays open. */
  giveBack(): Promise<void>
}

interface Shelved {
  readonly store: Promise<NativeStore>
  users: number
}

/**
 * The stores of this process, by path. Links to one path share one native engine, with a session each: the engine would
 * refuse to open the path twice.
 *
 * A path the engine does not give back is kept open when its last link closes, and handed to the next one that opens it:
 * rocksdb always (surrealdb.js #582), surrealkv once it has built an index (#673). Another process can open such a path
 * when this one has ended. Every other path is free again as soon as its last link is closed.
 */
export class StoreShelf {
  readonly #stores = new Map<string, Shelved>()
  readonly #freeing = new Map<string, Promise<void>>()
  readonly #claim: EngineClaim
  readonly #openedBefore: Set<string>

  constructor(claim: EngineClaim, pathsOpenedBefore: readonly string[]) {
    this.#claim = claim
    this.#openedBefore = new Set(pathsOpenedBefore.map(keyOf))
  }

  async take(endpoint: string, resolveFrom: readonly string[]): Promise<TakenStore> {
    const key = keyOf(endpoint)
    await this.#freeing.get(key)
    const shelved = this.#stores.get(key) ?? this.#open(key, endpoint, resolveFrom)
    shelved.users++
    return { store: await shelved.store, giveBack: () => this.#giveBack(key, shelved) }
  }

  /** Frees everything that is still there; for the end of the process. */
  async clear(): Promise<void> {
    const stores = [...this.#stores.values()]
    this.#stores.clear()
    await Promise.allSettled([...this.#freeing.values(), ...stores.map(async ({ store }) => (await store).free())])
  }

  async #giveBack(key: string, shelved: Shelved): Promise<void> {
    if (--shelved.users > 0) return
    const store = await shelved.store
    if (keepsPath(key, store)) return store.silence()
    this.#stores.delete(key)
    const freeing = free(key, store).finally(() => this.#freeing.delete(key))
    this.#freeing.set(key, freeing)
    await freeing
  }

  #open(key: string, endpoint: string, resolveFrom: readonly string[]): Shelved {
    const store = this.#connect(key, endpoint, resolveFrom)
    const shelved: Shelved = { store, users: 0 }
    this.#stores.set(key, shelved)
    store.catch(() => this.#stores.delete(key))
    return shelved
  }

  async #connect(key: string, endpoint: string, resolveFrom: readonly string[]): Promise<NativeStore> {
    this.#claim.take()
    const native = await loadNativeEngine(resolveFrom)
    const end = performance.now() + LOCK_PATIENCE
    for (;;) {
      try {
        const engine = await native.connect(endpoint)
        this.#openedBefore.add(key)
        return new NativeStore(engine, !key.startsWith('rocksdb:'))
      } catch (error) {
        if (!LOCKED.test(messageOf(error)))
          throw new OpenFailed({ reason: 'open-failed', message: `${endpoint}: ${messageOf(error)}` })
        if (performance.now() > end) throw this.#lockedBy(key, endpoint)
        await sleep(LOCK_PAUSE)
      }
    }
  }

  #lockedBy(key: string, endpoint: string): OpenFailed {
    const holder = this.#openedBefore.has(key)
      ? 'this process opened it before, and the engine does not let go of it until the process ends'
      : 'another process has it open'
    return new OpenFailed({ reason: 'store-locked', message: `${endpoint} is locked: ${holder}` })
  }
}

function keepsPath(key: string, store: NativeStore): boolean {
  return key.startsWith('rocksdb:') || (key.startsWith('surrealkv:') && store.builtIndex)
}

async function free(key: string, store: NativeStore): Promise<void> {
  // The engine never gives back the memory of a store with an index; without its contents that is little.
  if (key.startsWith('mem:') && store.builtIndex) await store.erase()
  await store.free()
}

let memoryStores = 0

/** Two spellings of one path give one key. Each `mem://` is a store of its own. */
function keyOf(endpoint: string): string {
  const [, scheme = '', place = ''] = /^([a-z+]+:)([^?]*)/.exec(endpoint) ?? []
  if (scheme === 'mem:') return `${scheme}${++memoryStores}`
  return scheme + realPath(path.resolve(place.replace(/^\/\//, '')))
}

function realPath(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    const parent = path.dirname(file)
    return parent === file ? file : path.join(realPath(parent), path.basename(file))
  }
}
