import { currentConnection } from '../connection/current-connection.js'
import { ModelDefinitionError } from '../errors.js'
import type { Field } from '../fields/field.js'
import type { FieldBinding } from '../fields/structure.js'
import { callFunction } from '../persistence/call-function.js'
import { runOperation, runOperationSync, type ChooseExecutor } from '../persistence/run-operation.js'
import { DefinedObject } from '../schema/defined-object.js'
import type { CompiledQuery } from '../surrealql/compiled-query.js'
import type { DefineFunctionStatement, Permission } from '../surrealql/nodes/define-statement.js'
import type { OperationOptions } from './document-types.js'

/** What carries a field: `StringField()`. */
export interface FieldHolder<Value = unknown> {
  readonly field: Field<Value>
}

/** The arguments of a function, by name, in their order. */
export type FunctionArguments = Readonly<Record<string, FieldHolder>>

/** What a function is called with; one that is not required may be left out. */
export type ArgumentValues<Arguments extends FunctionArguments> = {
  readonly [Name in keyof Arguments]?: (Arguments[Name] extends FieldHolder<infer Value> ? Value : never) | null
}

/** What a function of the database can be told. */
export interface DatabaseFunctionOptions<Arguments extends FunctionArguments, Result> {
  /** In the order the database takes them; those that are not `required` come last. */
  readonly arguments?: Arguments
  /** What it gives. Default: anything. */
  readonly returns?: FieldHolder<Result>
  /** Its statements; the arguments are `$name` in them. */
  readonly body: CompiledQuery
  /** Who may call it. Default: everybody. */
  readonly permissions?: Permission
  readonly comment?: string
}

/**
 * A function of the database. It is defined by `defineTables`, and called from here with typed arguments.
 *
 * @example
 * ```ts
 * import { createConnection, DatabaseFunction, defineTables, IntField, surql } from 'surrealengine'
 *
 * const add = new DatabaseFunction('math::add', {
 *   arguments: { left: IntField({ required: true }), right: IntField({ required: true }) },
 *   returns: IntField({ required: true }),
 *   body: surql`RETURN $left + $right`,
 * })
 * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
 * await defineTables([add])
 * const sum = await add.call({ left: 1, right: 2 })
 * await connection.close()
 * ```
 * ```surql
 * DEFINE FUNCTION OVERWRITE fn::`math`::`add`($`left`: int, $`right`: int) -> int { RETURN $left + $right }
 * RETURN fn::`math`::`add`($p0, $p1)
 * ```
 */
export class DatabaseFunction<Arguments extends FunctionArguments, Result = unknown> extends DefinedObject {
  readonly #options: DatabaseFunctionOptions<Arguments, Result>
  readonly #parameters: readonly FieldBinding[]

  /** @param name Without `fn::`; its parts are separated by `::`. */
  constructor(name: string, options: DatabaseFunctionOptions<Arguments, Result>) {
    super(name, 'A function')
    this.#options = options
    this.#parameters = Object.entries(options.arguments ?? {}).map(([argument, { field }]) => ({
      name: argument,
      column: argument,
      field,
    }))
    const invalid = (what: string): never => {
      throw new ModelDefinitionError('INVALID_DEFINITION', `The function fn::${name} ${what}.`)
    }
    if (name.startsWith('fn::') || name.split('::').includes('')) invalid('is named without fn::, and no part is empty')
    if (this.#parameters.some((parameter) => parameter.name === '')) invalid('has an argument without a name')
    const required = this.#parameters.map(({ field }) => field.options.required === true)
    if (required.lastIndexOf(true) > required.indexOf(false) && required.includes(false))
      invalid('has a required argument behind one that is not')
  }

  /** @internal */
  statement(): DefineFunctionStatement {
    const { returns, body, permissions, comment } = this.#options
    return {
      kind: 'define-function',
      name: this.name,
      arguments: this.#parameters.map(({ name, field }) => ({ name, type: field.typeExpression() })),
      returns: returns?.field.typeExpression(),
      body,
      permission: permissions,
      comment,
    }
  }

  /**
   * Calls the function. Arguments that are wrong are a ValidationError before anything is sent; what the function throws
   * is a DatabaseError.
   */
  async call(values: ArgumentValues<Arguments>, options?: OperationOptions): Promise<Result> {
    return (await runOperation(choose(options), callFunction(this.#callable(), values))) as Result
  }

  /** {@link call}, blocking. */
  callSync(values: ArgumentValues<Arguments>, options?: OperationOptions): Result {
    return runOperationSync(choose(options), callFunction(this.#callable(), values)) as Result
  }

  #callable() {
    return { name: this.name, parameters: this.#parameters, returns: this.#options.returns?.field }
  }
}

function choose(options: OperationOptions | undefined): ChooseExecutor {
  return () => currentConnection({ explicit: options?.connection, model: undefined })
}
