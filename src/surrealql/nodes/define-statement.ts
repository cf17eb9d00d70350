/** Stands in a path for every element of a list. */
export const EACH_ELEMENT = Symbol('each element')

/** A key, or every element. */
export type PathStep = string | typeof EACH_ELEMENT

/** DEFINE TABLE. */
export interface DefineTableStatement {
  readonly kind: 'define-table'
  readonly table: string
  readonly schema: 'full' | 'less'
}

/** DEFINE FIELD. */
export interface DefineFieldStatement {
  readonly kind: 'define-field'
  readonly table: string
  readonly path: readonly PathStep[]
  /** A SurrealQL type: made of keywords and escaped table names only. */
  readonly type: string
}

/** DEFINE INDEX, plain or unique. */
export interface DefineIndexStatement {
  readonly kind: 'define-index'
  readonly table: string
  readonly name: string
  readonly fields: readonly (readonly string[])[]
  readonly unique: boolean
}
