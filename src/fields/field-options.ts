/** What every field can be told. */
export interface FieldOptions<Value = unknown> {
  /** The document cannot be saved without a value. Default: false, and then `undefined` and `null` are both allowed. */
  readonly required?: boolean
  /** The value of a new document that is given none; a function is called each time. */
  readonly default?: Value | null | (() => Value)
  /** The name in the database, when it is not the property's. */
  readonly dbField?: string
  /** `defineTable()` makes a unique index of this field. */
  readonly unique?: boolean
  /** `defineTable()` makes an index of this field. */
  readonly index?: boolean
}
