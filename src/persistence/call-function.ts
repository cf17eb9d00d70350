import { Findings } from '../fields/findings.js'
import type { FieldBinding } from '../fields/structure.js'
import type { Field } from '../fields/field.js'
import { execute, type Operation } from './operation.js'
import { settleFindings } from './validate-document.js'

/** A function of the database: what it is given and what it gives. */
export interface CallableFunction {
  /** Without `fn::`. */
  readonly name: string
  readonly parameters: readonly FieldBinding[]
  readonly returns: Field | undefined
}

/** Calls a function of the database; what it is given is validated first. */
export function* callFunction(
  { name, parameters, returns }: CallableFunction,
  given: Readonly<Record<string, unknown>>,
): Operation<unknown> {
  const findings = new Findings()
  const known = new Set(parameters.map((parameter) => parameter.name))
  for (const key of Object.keys(given)) {
    if (!known.has(key)) findings.add([key], 'unknown_field', 'is no argument of the function')
  }
  const values = parameters.map((parameter) => {
    const value = parameter.field.coerce(given[parameter.name])
    parameter.field.validate(value, [parameter.name], findings)
    return value
  })
  yield* settleFindings(`fn::${name}`, findings)
  const sent = parameters.map(({ field }, index) => field.toDatabase(values[index]))
  const result = yield* execute({ kind: 'call-function', name, arguments: sent })
  return returns ? returns.fromDatabase(result) : result
}
