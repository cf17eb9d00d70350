import type { FieldBinding, Structure } from '../fields/structure.js'
import type { Hooks } from './hooks.js'

/** An index over several fields. */
export interface IndexOptions {
  /** Property names, in this order; nested ones as `address__city`. */
  readonly fields: readonly string[]
  readonly unique?: boolean
  /** Default: the table and the fields, joined by `_`. */
  readonly name?: string
}

/** What `@Collection` can be told. */
export interface CollectionOptions {
  /** `full`: `defineTable()` makes a table that refuses unknown fields; `less` (default) lets them be. */
  readonly schema?: 'full' | 'less'
  readonly indexes?: readonly IndexOptions[]
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
