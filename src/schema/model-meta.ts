import type { FieldBinding, Structure } from '../fields/structure.js'
import type { Hooks } from './hooks.js'
import type { TableOptions } from './table-options.js'

/** What `@Collection` can be told. */
export interface CollectionOptions extends TableOptions {
  /** The name of the connection this model uses unless told otherwise. */
  readonly connection?: string
}

/**
 * `schema/` is about one table: what a model class declares, checked once and never changed, and the statements that
 * define it. It knows fields, but no documents and no network.
 */
export interface ModelMeta extends Structure {
  readonly table: string
  readonly id: FieldBinding
  readonly options: CollectionOptions
  readonly hooks: Hooks
}
