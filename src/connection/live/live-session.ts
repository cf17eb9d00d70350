import type { Uuid } from 'surrealdb'
import type { Table } from '../../values.js'
import { run, runSync, type Work } from '../both-modes.js'
import { DatabaseSession } from '../session/database-session.js'
import { BlockingLiveQuery, LiveQuery, type LiveOptions, type LiveParts, type LiveSyncOptions } from './live-query.js'
import { LiveQueryStart } from './live-query-start.js'
import { allOf, type Followed, type Killable, type OpenLiveQueries } from './open-live-queries.js'

/** What follows the records of a database, each in both modes. */
export abstract class LiveSession extends DatabaseSession {
  /** @internal Throws when nothing can be followed any more. */
  protected abstract readonly liveQueries: OpenLiveQueries

  /**
   * Follows what happens to the records of a table. Iterate over it, or await it first to be sure that it has started.
   *
   * @example
   * ```ts
   * for await (const { action, id, value } of connection.live('person')) {
   *   if (action === 'CREATE') break
   * }
   * ```
   * ```surql
   * LIVE SELECT * FROM $table
   * ```
   */
  live<Row = Record<string, unknown>>(table: Table | string, options: LiveOptions = {}): LiveQueryStart<Row> {
    return this.follow(() => allOf(table, options), options)
  }

  /** {@link live} for a thread that blocks: each step of the iteration waits for the next message, up to `timeout`. */
  liveSync<Row = Record<string, unknown>>(
    table: Table | string,
    options: LiveSyncOptions = {},
  ): BlockingLiveQuery<Row> {
    return this.followSync(() => allOf(table, options), options)
  }

  /** @internal What is followed is made once it is known that the server can be asked. */
  follow<Row, Message>(followed: () => Followed, options: LiveOptions): LiveQueryStart<Row, Message> {
    const make = (id: Uuid, parts: LiveParts): LiveQuery<Row, Message> => new LiveQuery(id, parts)
    return new LiveQueryStart(run(this.#start(followed, options, make)))
  }

  /** @internal */
  followSync<Row, Message>(followed: () => Followed, options: LiveSyncOptions): BlockingLiveQuery<Row, Message> {
    const make = (id: Uuid, parts: LiveParts): BlockingLiveQuery<Row, Message> => new BlockingLiveQuery(id, parts)
    return runSync(this.#start(followed, options, make))
  }

  /** Ends a live query, or the one of the number it had when it was started; nothing comes after that. */
  async kill(live: Uuid | Killable): Promise<void> {
    await run(this.#kill(live))
  }

  /** {@link kill}, blocking. */
  killSync(live: Uuid | Killable): void {
    runSync(this.#kill(live))
  }

  *#start<Made extends Killable>(
    followed: () => Followed,
    options: LiveSyncOptions,
    make: (id: Uuid, parts: LiveParts) => Made,
  ): Work<Made> {
    return yield* this.liveQueries.start(followed, options, make)
  }

  *#kill(live: Uuid | Killable): Work<void> {
    yield* this.liveQueries.kill(live)
  }
}
