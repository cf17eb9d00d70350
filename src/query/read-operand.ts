import { LookupError } from '../errors.js'
import type { Field } from '../fields/field.js'
import type { Lookup } from '../fields/lookups/lookups.js'
import { REFUSED } from '../fields/lookups/operands.js'

/** A question that is asked of a field, and what it was given. */
export interface AskedLookup {
  readonly where: string
  readonly lookup: Lookup
  readonly field: Field
  readonly given: unknown
}

/** What a lookup was given, as the database compares with it. */
export function readOperand({ where, lookup, field, given }: AskedLookup): unknown {
  if (given === undefined)
    throw new LookupError('UNDEFINED_VALUE', `${where} is undefined; leave it out, or ask whether the value is null.`)
  const value = given === null && lookup.takesNull ? null : lookup.operand.read(given, field)
  if (value === REFUSED) throw new LookupError('INVALID_VALUE', `${where} takes ${lookup.operand.wanted(field)}.`)
  return value
}
