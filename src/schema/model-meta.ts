import type { FieldBinding, Structure } from '../fields/structure.js'
import type { Hooks } from './hooks.js'
import type { Roles } from './roles.js'
import type { TableOptions } from './table-options.js'

/** What `@Collection` can be told. */
export interface CollectionOptions extends TableOptions {
  /** A base for other models: no table, no documents, no queries. Its fields, hooks and options are inherited. */
  readonly abstract?: boolean
  /**
   * On a model with a table: the column that tells the models in it apart. On one that extends it, and names no table of its
   * own: what the column holds for its documents, which are stored in that table.
   */
  readonly discriminator?: string
  /** `keep`: documents hold and save keys that are no fields; `refuse` (default): they stay untouched in the database. */
  readonly unknownFields?: 'refuse' | 'keep'
  /** The name of the connection this model uses unless told otherwise. */
  readonly connection?: string
}

/** What tells the models of one table apart. */
export interface Discriminator {
  /** The column that says which model a record is of. */
  readonly column: string
  /** What it holds for this model; undefined for the one that has the table. */
  readonly value: string | undefined
  /** The model that has the table. */
  readonly root: ModelMeta | undefined
  /** By value: the models that extend this one in its table, and this one itself when it has a value. */
  readonly variants: Map<string, ModelMeta>
}

/**
 * `schema/` is about one table: what a model class declares, checked once and never changed, and the statements that
 * define it. It knows fields, but no documents and no network.
 */
export interface ModelMeta extends Structure {
  readonly table: string
  readonly id: FieldBinding
  /** The columns that the database computes. */
  readonly computed: readonly string[]
  readonly options: CollectionOptions
  readonly hooks: Hooks
  /** The methods that check the whole document, by name. */
  readonly validates: readonly string[]
  /** The fields that a mixin gave a task. */
  readonly roles: Roles
  /** The model this one extends. */
  readonly parent: ModelMeta | undefined
  /** Set where several models share the table. */
  readonly discriminator: Discriminator | undefined
  /** Whether documents have a method, a getter, or anything else of that name besides their fields. */
  isMember(name: string): boolean
  /** Whether the records are edges of the graph. */
  readonly isRelation: boolean
}
