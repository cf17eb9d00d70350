import type { IndexKindOptions } from '../fields/index-options.js'
import type { CompiledQuery } from '../surrealql/compiled-query.js'
import type { Permission } from '../surrealql/nodes/define-statement.js'
import type { Duration } from '../values.js'

/** An index of a table. */
export interface IndexOptions extends IndexKindOptions {
  /** Property names, in this order; nested ones as `address__city`. Only an index that counts has none. */
  readonly fields?: readonly string[]
}

/** A class with `@Collection`. */
export type ModelLike = abstract new (...values: never[]) => object

/** The models at one end of a relation; a function, as their classes may come later in the file. */
export type TableLink = () => ModelLike | readonly ModelLike[]

/** How long the changes of a table can be looked up. */
export interface ChangefeedOptions {
  /** `'3d'`. */
  readonly expiry: string | Duration
  /** What a record was before is kept too. */
  readonly includeOriginal?: boolean
}

/** Who may do what with the records, besides the users of the system. What is not said is allowed to nobody. */
export type TablePermissions = 'full' | 'none' | TablePermissionsByAction

/** For each action by itself. */
export interface TablePermissionsByAction {
  readonly select?: Permission
  readonly create?: Permission
  readonly update?: Permission
  readonly delete?: Permission
}

/** What the database does when a record is written. */
export interface EventOptions {
  readonly name: string
  /** When it does: ``surql`$event = 'CREATE'` ``. Default: always. */
  readonly when?: CompiledQuery
  /**
   * The statements; `$before`, `$after`, `$value` and `$event` tell what happens. A list has expressions instead, which the
   * database evaluates one after the other: ``[surql`CREATE log`, surql`fn::tell($after)`]``.
   */
  readonly then: CompiledQuery | readonly CompiledQuery[]
  /** The write does not wait for it, and stays when it fails. From version 3. Default: false. */
  readonly asynchronous?: boolean | { readonly retry?: number; readonly maxDepth?: number }
  readonly comment?: string
}

/** A SELECT, or a queryset that makes one. */
export type ViewSource = CompiledQuery | { toView(): CompiledQuery }

/** What a table is, besides its fields. */
export interface TableOptions {
  /** `full`: `defineTable()` makes a table that refuses unknown fields; `less` (default) lets them be. */
  readonly schema?: 'full' | 'less'
  /** What its records are. Default: `normal`, and `relation` where `in` or `out` is given. */
  readonly type?: 'normal' | 'any' | 'relation'
  /** The models a relation leads from. */
  readonly in?: TableLink
  /** The models a relation leads to. */
  readonly out?: TableLink
  /** Both records of a relation have to exist. */
  readonly enforced?: boolean
  /** What is written is not kept; events and views see it. */
  readonly drop?: boolean
  /** How long changes can be looked up: `'3d'`. */
  readonly changefeed?: string | Duration | ChangefeedOptions
  readonly permissions?: TablePermissions
  readonly comment?: string
  /** The table is the result of a SELECT, which the database keeps up to date; a function, as its model may come later in the file. */
  readonly view?: ViewSource | (() => ViewSource)
  readonly indexes?: readonly IndexOptions[]
  readonly events?: readonly EventOptions[]
}
