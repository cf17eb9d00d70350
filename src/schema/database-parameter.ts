import type { CompiledQuery } from '../surrealql/compiled-query.js'
import type { DefineParameterStatement, Permission } from '../surrealql/nodes/define-statement.js'
import { isSurql, surql } from '../surrealql/surql.js'
import { DefinedObject } from './defined-object.js'

/** What a parameter of the database can be told. */
export interface DatabaseParameterOptions {
  /** Its value, or an expression that is evaluated when it is defined. */
  readonly value: unknown
  /** Who may use it. Default: everybody. */
  readonly permissions?: Permission
  readonly comment?: string
}

/**
 * A value that every query of the database can use under a name.
 *
 * @example
 * ```ts
 * import { DatabaseParameter } from 'surrealengine'
 * const limit = new DatabaseParameter('page_size', { value: 50 })
 * ```
 * ```surql
 * DEFINE PARAM OVERWRITE $`page_size` VALUE (50)
 * ```
 */
export class DatabaseParameter extends DefinedObject {
  readonly #options: DatabaseParameterOptions

  /** @param name Without `$`. */
  constructor(name: string, options: DatabaseParameterOptions) {
    super(name, 'A parameter')
    this.#options = options
  }

  /** @internal */
  statement(): DefineParameterStatement {
    const { value, permissions, comment } = this.#options
    const expression: CompiledQuery = isSurql(value) ? value : surql`${value}`
    return { kind: 'define-parameter', name: this.name, value: expression, permission: permissions, comment }
  }
}
