import type { Uuid } from 'surrealdb'
import { LookupError } from '../../errors.js'
import type { CompiledQuery } from '../../surrealql/compiled-query.js'
import { isObject, type Table } from '../../values.js'
import { perform, type Work } from '../both-modes.js'
import type { Link, LinkQuestion } from '../bridge/link.js'
import type { Calls, SentRequest } from '../calls/calls.js'
import { toMilliseconds } from '../options/duration.js'
import { checkedTable } from '../records/record-queries.js'
import { checkLimits, type LiveOptions, type LiveParts, type LiveSyncOptions, type ReadMessage } from './live-query.js'

/** What can be ended in both modes. */
export interface Killable {
  kill(): Promise<void>
  killSync(): void
}

/** What the live queries of a connection have in common. */
export interface LiveGround {
  readonly link: Link
  readonly calls: Calls
  readonly isEmbedded: boolean
  /** The name of the connection. */
  readonly connection: string
  /** Milliseconds that starting and ending one may take, and that a blocking consumer waits for a message. */
  readonly timeout: number
  /** Throws where no call can be made. */
  assertOpen(): void
}

/** What is followed: a LIVE SELECT, and what becomes of its messages. */
export interface Followed extends CompiledQuery {
  readonly read?: ReadMessage
}

/** All records of a table. */
export function allOf(table: Table | string, { diff = false }: LiveOptions): Followed {
  return { query: `LIVE SELECT ${diff ? 'DIFF' : '*'} FROM $table`, bindings: { table: checkedTable(table) } }
}

const DEFAULT_CAPACITY = 100_000

/** The live queries of one connection, from their start to their end. */
export class OpenLiveQueries {
  readonly #ground: LiveGround
  /** By the number the database gave them. */
  readonly #open = new Map<string, Killable>()
  /** The numbers they have on the link. */
  #last = 0

  constructor(ground: LiveGround) {
    this.#ground = ground
  }

  *start<Made extends Killable>(
    followed: () => Followed,
    options: LiveSyncOptions,
    make: (id: Uuid, parts: LiveParts) => Made,
  ): Work<Made> {
    const { link, calls, isEmbedded, connection } = this.#ground
    this.#ground.assertOpen()
    const { capacity = DEFAULT_CAPACITY, overflow = 'error' } = options
    checkLimits(capacity, overflow)
    const timeout = options.timeout === undefined ? this.#ground.timeout : toMilliseconds(options.timeout, 'timeout')
    const live = ++this.#last
    const { query, bindings, read } = followed()
    const request = { method: 'query', params: [query, bindings] }
    const ask = (sent: SentRequest): LinkQuestion => ({ operation: 'live', live, capacity, overflow, ...sent })
    const [id] = (yield* calls.call(request, { idempotent: true }, { ask })) as [Uuid]
    const onEnd = () => void this.#open.delete(String(id))
    const made = make(id, { link, codec: calls.codec, isEmbedded, connection, live, timeout, read, onEnd })
    this.#open.set(String(id), made)
    return made
  }

  /** Ends a live query; one that is only known by its number may have been started by anybody. */
  *kill(live: Uuid | Killable): Work<void> {
    if (!isObject(live))
      throw new LookupError('INVALID_VALUE', 'kill() takes what live() gave, or the Uuid of a live query.')
    const own = 'kill' in live ? live : this.#open.get(String(live))
    if (own) return yield* perform({ async: () => own.kill(), sync: () => own.killSync() })
    this.#ground.assertOpen()
    yield* this.#ground.calls.call({ method: 'kill', params: [live] })
  }
}
