import type { BlockingLiveQuery, LiveOptions, LiveSyncOptions } from '../../connection/live/live-query.js'
import type { LiveQueryStart } from '../../connection/live/live-query-start.js'
import { followDocuments } from '../../persistence/live-documents.js'
import type { LiveAction } from '../../query/build-live.js'
import type { RecordId } from '../../values.js'
import { PlanReader } from './plan-reader.js'

/** What `live` can be told. */
export interface LiveDocumentOptions extends Omit<LiveOptions, 'diff'> {
  /** What is told of: one action, or several. Default: all. */
  readonly action?: LiveAction | readonly LiveAction[]
}

/** What `liveSync` can be told. */
export interface LiveDocumentSyncOptions extends LiveDocumentOptions, Pick<LiveSyncOptions, 'timeout'> {}

/** What a live query of documents tells. */
export type DocumentMessage<Model> =
  | {
      readonly action: LiveAction
      readonly id: RecordId
      /** As it is now, or as it was before it was deleted. */
      readonly document: Model
    }
  /** Some may have been missed: read again what you follow. */
  | { readonly action: 'RESYNC'; readonly id?: undefined; readonly document?: undefined }

/** What tells of changes as they happen. */
export abstract class LiveReader<Model, Row> extends PlanReader<Model, Row> {
  /**
   * Follows what happens to the records of the filters. Iterate over it, or await it first to be sure that it has started.
   * A record that no longer fits the filters after a change is not told of. Anything but filters is a LookupError.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, Document, IntField } from 'surrealengine'
   *
   * @Collection('live_example')
   * class Person extends Document<Person>() {
   *   @IntField() age?: number
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * await Person.defineTable()
   * const live = await Person.objects.filter({ age__gte: 18 }).live({ action: 'CREATE' })
   * await Person.create({ age: 20 })
   * for await (const { document } of live) {
   *   if (document?.age === 20) break
   * }
   * await connection.close()
   * ```
   * ```surql
   * LIVE SELECT * FROM `live_example` WHERE (`age` >= $p0)
   * ```
   */
  live(options: LiveDocumentOptions = {}): LiveQueryStart<Model, DocumentMessage<Model>> {
    const followed = followDocuments(this.query, options.action)
    const { connection } = this
    return connection.follow(() => followed(connection), options)
  }

  /** {@link live} for a thread that blocks: each step of the iteration waits for the next message, up to `timeout`. */
  liveSync(options: LiveDocumentSyncOptions = {}): BlockingLiveQuery<Model, DocumentMessage<Model>> {
    const followed = followDocuments(this.query, options.action)
    const { connection } = this
    return connection.followSync(() => followed(connection), options)
  }
}
