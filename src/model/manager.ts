import type { ConnectionChoice } from '../connection/current-connection.js'
import { queryOf } from '../query/query.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { QuerySet } from './query-set.js'

/** `User.objects`: all records of a model, to start a query from. */
export class Manager<Model> extends QuerySet<Model> {
  readonly #meta: ModelMeta

  /** @internal Use `User.objects`. */
  constructor(meta: ModelMeta, choice?: ConnectionChoice) {
    super({ query: queryOf(meta), choice })
    this.#meta = meta
  }

  override using(choice: ConnectionChoice): Manager<Model> {
    return new Manager(this.#meta, choice)
  }
}
