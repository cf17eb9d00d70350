import { LookupError } from '../../errors.js'
import { familyOf } from '../../fields/lookups/family.js'
import type { Field } from '../../fields/field.js'
import { registeredNames } from '../../fields/lookups/registered-lookups.js'
import { callComparison, isComparison } from './call-comparison.js'
import { callFunction } from './call-function.js'
import { commonMethods } from './common-methods.js'
import { functionsOf } from './functions/functions-of.js'
import type { FunctionEntry } from './functions/function-table.js'
import { typeFunctions, valueFunctions } from './functions/type-functions.js'
import type { MethodCall } from './method-call.js'
import { finished, placeOf, type TypedValue } from './typed-value.js'

/** Whether expressions of a field have a method. */
export function hasMethod(field: Field, name: string): boolean {
  return (
    Object.hasOwn(commonMethods, name) ||
    functionNamed(field, name) !== undefined ||
    isComparison(field, name) ||
    field.transform(name) !== undefined
  )
}

/** What a method of an expression gives. */
export function callMethod(call: MethodCall): TypedValue {
  const { value, name } = call
  const common = Object.hasOwn(commonMethods, name) ? commonMethods[name] : undefined
  if (common) return common(call)
  const found = functionNamed(value.field, name)
  if (found) return callFunction(found, call)
  if (isComparison(value.field, name)) return callComparison(call)
  const transform = value.field.transform(name)
  if (!transform) throw unknownMethod(value, name)
  return placeOf(`${value.where}.${name}()`, transform.build(finished(value)), transform.field)
}

function functionNamed(field: Field, name: string): FunctionEntry | undefined {
  const ofFamily = functionsOf[familyOf(field.databaseType())]
  const tables = [ofFamily, valueFunctions, typeFunctions]
  const table = tables.find((each) => Object.hasOwn(each, name)) as Record<string, FunctionEntry> | undefined
  return table?.[name]
}

function unknownMethod({ where, field }: TypedValue, name: string): LookupError {
  const names = [...Object.keys(functionsOf[familyOf(field.databaseType())]), ...registeredNames(field)]
  const others = names.length > 0 ? `; besides comparisons there are ${names.join(', ')}` : ''
  return new LookupError('UNKNOWN_LOOKUP', `${where}: expressions of ${field.kind} have no method "${name}"${others}.`)
}
