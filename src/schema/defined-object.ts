import { compile } from '../surrealql/compiler/compile.js'
import { dialectFor } from '../surrealql/dialect.js'
import type { DefineObjectStatement } from '../surrealql/nodes/define-statement.js'
import { checkedName } from './definition-parts.js'

/** Something of the database that is no table: an analyzer, a function, a parameter, a sequence, an access. */
export abstract class DefinedObject {
  readonly name: string

  constructor(name: string, what: string) {
    this.name = checkedName(name, what)
  }

  /** @internal What defines it; one that has a state of its own may be kept. */
  abstract statement(keep: boolean): DefineObjectStatement

  /** The statement that defines it, as text for the newest server; no I/O. */
  defineStatements(): string {
    return compile(this.statement(true), dialectFor(undefined)).query
  }
}
