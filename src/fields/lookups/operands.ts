import { ExpressionOperand } from './expression-operand.js'
import { familyOf, type Family } from './family.js'

/** What an operand has to know of the field that is asked. */
export interface AskedField {
  readonly kind: string
  readonly element: AskedField | undefined
  coerce(value: unknown): unknown
  accepts(value: unknown): boolean
  databaseType(): string
  toDatabase(value: unknown): unknown
}

/** What an operand gives for a value that it does not take. */
export const REFUSED: unique symbol = Symbol('refused')

/** The right side of a lookup: what it takes, and how that becomes what the database compares with. */
export interface Operand {
  /** What it takes, in the words of an error: `true or false`. */
  wanted(field: AskedField): string
  /** The given value as the database stores it, or {@link REFUSED}. */
  read(given: unknown, field: AskedField): unknown
}

/** A value of the field itself. */
export const valueOperand: Operand = {
  wanted: ({ kind }) => `${article(kind)} ${kind} value`,
  read: (given, field) => stored(field, given),
}

/** A list of values of the field. */
export const listOperand: Operand = {
  wanted: ({ kind }) => `a list of ${kind} values`,
  read: (given, field) => storedList(field, given),
}

/** Two values of the field: from and to. */
export const rangeOperand: Operand = {
  wanted: ({ kind }) => `a list of two ${kind} values, from and to`,
  read: (given, field) => (Array.isArray(given) && given.length === 2 ? storedList(field, given) : REFUSED),
}

/** One element of the field's values. */
export const elementOperand: Operand = {
  wanted: (field) => valueOperand.wanted(elementOf(field)),
  read: (given, field) => stored(elementOf(field), given),
}

/** A list of elements of the field's values. */
export const elementsOperand: Operand = {
  wanted: (field) => listOperand.wanted(elementOf(field)),
  read: (given, field) => storedList(elementOf(field), given),
}

/** True or false, whatever the field is. */
export const booleanOperand: Operand = {
  wanted: () => 'true or false',
  read: (given) => (typeof given === 'boolean' ? given : REFUSED),
}

/** A text, whatever the field is. */
export const textOperand: Operand = {
  wanted: () => 'a string',
  read: (given) => (typeof given === 'string' || isOfFamily(given, 'text') ? given : REFUSED),
}

const FLAGS = /^[imsu]*$/

/**
 * A regular expression, as a text with its flags inside. The database knows the flags `i`, `m`, `s` and `u`, and neither
 * looks around nor refers back.
 */
export const patternOperand: Operand = {
  wanted: () => 'a regular expression with no flags but i, m, s and u, or the text of one',
  read: (given) => {
    if (typeof given === 'string' || isOfFamily(given, 'text')) return given
    if (!(given instanceof RegExp) || !FLAGS.test(given.flags)) return REFUSED
    const flags = given.flags.replace('u', '')
    return flags === '' ? given.source : `(?${flags})${given.source}`
  },
}

function elementOf(field: AskedField): AskedField {
  return field.element ?? field
}

function isOfFamily(given: unknown, ...families: readonly Family[]): boolean {
  return given instanceof ExpressionOperand && given.suits(...families)
}

function storedList(field: AskedField, given: unknown): unknown {
  if (isOfFamily(given, 'list', 'set')) return given
  if (!Array.isArray(given)) return REFUSED
  const items = Array.from(given, (item: unknown) => stored(field, item))
  return items.includes(REFUSED) ? REFUSED : items
}

function stored(field: AskedField, given: unknown): unknown {
  if (given instanceof ExpressionOperand) return given.suits(familyOf(field.databaseType())) ? given : REFUSED
  const value = field.coerce(given)
  const isPresent = value !== undefined && value !== null
  return isPresent && field.accepts(value) ? field.toDatabase(value) : REFUSED
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? 'an' : 'a'
}
