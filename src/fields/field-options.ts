import type { CompiledQuery } from '../surrealql/compiled-query.js'
import type { IndexKindOptions } from './index-options.js'

/** What a validator says: nothing or true when the value is fine, else what is wrong with it. */
export type Verdict = string | boolean | null | undefined | void

interface Check<Value> {
  // a method, because a list of fields of all kinds is one list
  check(value: Value): Verdict | PromiseLike<Verdict>
}

/** A check of the user's own. It may be asynchronous; a blocking method is an AsyncInSyncError then. */
export type Validator<Value> = Check<Value>['check']

/** Who may see or change a field: everybody, nobody, or whoever an expression is true for. */
export type FieldPermission = boolean | CompiledQuery

/** Who may do what with a field. What is not said is allowed to everybody. */
export type FieldPermissions = 'full' | 'none' | FieldPermissionsByAction

/** For each action by itself. */
export interface FieldPermissionsByAction {
  readonly select?: FieldPermission
  readonly create?: FieldPermission
  readonly update?: FieldPermission
}

/** What every field can be told. Expressions are written with `surql`; what is in `${…}` becomes a literal of the definition. */
export interface FieldOptions<Value = unknown> {
  /** The document cannot be saved without a value. Default: false, and then `undefined` and `null` are both allowed. */
  readonly required?: boolean
  /**
   * The value of a new document that is given none; a function is called each time. An expression is left to the database,
   * which evaluates it when the record is created: ``surql`time::now()` ``.
   */
  readonly default?: Value | null | (() => Value) | CompiledQuery
  /**
   * What the database fills in whenever the record is written without a value: when it is created, and when an update
   * removes the value too. Beside it there is no `default`: ``surql`'draft'` ``.
   */
  readonly defaultAlways?: CompiledQuery
  /** The name in the database, when it is not the property's. */
  readonly dbField?: string
  /** `defineTable()` makes a unique index of this field. */
  readonly unique?: boolean
  /** `defineTable()` makes an index of this field: a plain one, or the one that is described. */
  readonly index?: boolean | IndexKindOptions
  /** The value cannot change once it is stored. */
  readonly readonly?: boolean
  /** What the database stores instead, at each write; `$value` is what was given: ``surql`string::lowercase($value)` ``. */
  readonly value?: CompiledQuery
  /** What the database makes of the record whenever it is read; nothing is stored, and the field cannot be given. */
  readonly computed?: CompiledQuery
  /** What has to be true for the database to take `$value`. */
  readonly assert?: CompiledQuery
  /** A word about the field, in the database's schema. */
  readonly comment?: string
  /** Who may see and change the field. Default: everybody who may the record. */
  readonly permissions?: FieldPermissions
  /** Left out of `toJSON()`. */
  readonly hidden?: boolean
  /** Checks of your own, after those of the field itself. */
  readonly validators?: readonly Validator<Value>[]
  /** Values of a related kind are converted before they are checked, in filters too: `'42'` for an IntField. */
  readonly coerce?: boolean
}
