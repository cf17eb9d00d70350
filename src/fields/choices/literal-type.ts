import { ModelDefinitionError } from '../../errors.js'
import { escapeString } from '../../surrealql/escape.js'

/** What can stand in a type as itself. */
export type LiteralValue = string | number | boolean

/** Values as a SurrealQL type: `"a" | 1 | true`. */
export function literalType(values: readonly LiteralValue[]): string {
  return values.map(writeLiteral).join(' | ')
}

function writeLiteral(value: LiteralValue): string {
  if (typeof value === 'string') return escapeString(value)
  if (typeof value === 'boolean') return String(value)
  // -0 is 0 to the database
  return Number.isInteger(value) ? String(value + 0) : `${value}f`
}

/** Refuses a list of values that is empty, has one of them twice, or one that no record can hold. */
export function checkLiterals(values: readonly unknown[], where: string): void {
  if (values.length === 0) throw invalid(`${where} needs at least one value.`)
  if (!values.every(isLiteral)) {
    throw invalid(`${where} takes strings, booleans, and numbers that are finite and at most 2^53 if whole.`)
  }
  if (new Set(values).size < values.length) throw invalid(`${where} has a value twice; drop one of them.`)
}

/** Half of a surrogate pair, which no text in a database can hold. */
const HALF_A_CHARACTER = /\p{Surrogate}/u

function isLiteral(value: unknown): value is LiteralValue {
  if (typeof value === 'string') return !HALF_A_CHARACTER.test(value)
  if (typeof value === 'boolean') return true
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
}

function invalid(message: string): ModelDefinitionError {
  return new ModelDefinitionError('INVALID_FIELD_OPTION', message)
}
