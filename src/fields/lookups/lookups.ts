import {
  and,
  binary,
  bound,
  call,
  constant,
  not,
  or,
  type BinaryOperator,
  type Expression,
} from '../../surrealql/nodes/expression.js'
import { expressionOf, mayBeMissing } from './expression-operand.js'
import {
  booleanOperand,
  elementOperand,
  elementsOperand,
  listOperand,
  patternOperand,
  rangeOperand,
  textOperand,
  valueOperand,
  type Operand,
} from './operands.js'

/** One question a filter can ask of a field: `age__gte`. */
export interface Lookup {
  /** What it takes on its right side. */
  readonly operand: Operand
  /** Whether it can be asked of NULL. */
  readonly takesNull?: boolean
  /** The question as an expression. `operand` is in the form the database stores. */
  build(left: Expression, operand: unknown): Expression
}

/** Lookups by the name behind `__`. */
export type LookupTable = Readonly<Record<string, Lookup>>

const compare = (operator: BinaryOperator, operand: Operand = valueOperand): Lookup => ({
  operand,
  build: (left, right) => binary(left, operator, expressionOf(right)),
})

/*
 * Of an index over several fields, the engine reads the wrong end of a range over the first one: `>` finds what is equal
 * too, and `<=` does not (surrealdb #7443). So of a path only `>=` and `<` are asked, and what is equal by itself.
 */

/** NONE and NULL sort below every value, and false is the least one. */
const isAny = (value: Expression): Expression => binary(value, '>=', constant('false'))

/** In a filter, the engine takes a bound set for none that is stored, unless it is told that it is a set. */
const asSet = (operand: unknown): Expression =>
  operand instanceof Set ? call('type::set', bound(operand)) : expressionOf(operand)

/** Equal; of two values of the database, none may be missing: what is missing does not match. */
const isEqual = (left: Expression, right: unknown): Expression => {
  const equal = binary(left, '=', asSet(right))
  return mayBeMissing(right) ? and(isAny(left), equal) : equal
}

const isOther = (left: Expression, right: unknown): Expression =>
  mayBeMissing(right) ? not(isEqual(left, right)) : binary(left, '!=', asSet(right))

const exact: Lookup = {
  operand: valueOperand,
  takesNull: true,
  // a unique index knows no NULL
  build: (left, right) => (right === null ? call('type::is_null', left) : isEqual(left, right)),
}

const ne: Lookup = { operand: valueOperand, takesNull: true, build: isOther }

/** What is missing sorts below every value, and so every value is above it. */
const above = (left: Expression, operator: '>' | '>=', right: unknown): readonly Expression[] => [
  ...(mayBeMissing(right) ? [isAny(right.expression)] : []),
  binary(left, operator, expressionOf(right)),
]

/** What is missing sorts below every value, so `<` alone would find records that have no value at all. */
const isBelow = (left: Expression, right: unknown): Expression =>
  and(isAny(left), binary(left, '<', expressionOf(right)))

const gt: Lookup = {
  operand: valueOperand,
  build: (left, right) =>
    left.kind === 'idiom'
      ? and(...above(left, '>=', right), binary(left, '!=', expressionOf(right)))
      : and(...above(left, '>', right)),
}

const gte: Lookup = { operand: valueOperand, build: (left, right) => and(...above(left, '>=', right)) }

const lt: Lookup = { operand: valueOperand, build: isBelow }

const lte: Lookup = {
  operand: valueOperand,
  build: (left, right) =>
    left.kind === 'idiom'
      ? or(isBelow(left, right), isEqual(left, right))
      : and(isAny(left), binary(left, '<=', expressionOf(right))),
}

/**
 * In words that no index answers: a unique one knows no missing values (#7138), one of a list no empty lists, and some
 * servers find missing values by `!=` (#7508).
 */
const orNone = (left: Expression): Expression => binary(left, '??', constant('NONE'))
const isMissing = (left: Expression): Expression => binary(orNone(left), '=', constant('NONE'))
const isPresent = (left: Expression): Expression => binary(orNone(left), '!=', constant('NONE'))

const isNull: Lookup = {
  operand: booleanOperand,
  build: (left, wanted) => (wanted ? isMissing(left) : isPresent(left)),
}

/** From and to, both included. */
const between: Lookup = {
  operand: rangeOperand,
  build: (left, range) => {
    const [from, to] = range as readonly [unknown, unknown]
    const atMost =
      left.kind === 'idiom'
        ? or(binary(left, '<', expressionOf(to)), isEqual(left, to))
        : binary(left, '<=', expressionOf(to))
    return and(...above(left, '>=', from), atMost)
  },
}

/** What every field can be asked. `isnull` is true for a missing value and for NULL. */
export const equalityLookups: LookupTable = {
  exact,
  ne,
  in: compare('IN', listOperand),
  nin: compare('NOT IN', listOperand),
  inside: compare('INSIDE', listOperand),
  isnull: isNull,
}

/** Fields whose values have an order. */
export const orderLookups: LookupTable = {
  ...equalityLookups,
  gt,
  gte,
  lt,
  lte,
  between,
}

type TextFunction = 'string::contains' | 'string::starts_with' | 'string::ends_with' | 'string::matches'

/** The functions of texts fail on what is none. */
const ofTexts = (left: Expression, right: unknown, question: Expression): Expression =>
  mayBeMissing(right)
    ? and(call('type::is_string', left), call('type::is_string', right.expression), question)
    : and(call('type::is_string', left), question)

const lowercase = (text: Expression): Expression => call('string::lowercase', text)

const textLookup = (name: TextFunction, operand = textOperand): Lookup => ({
  operand,
  build: (left, right) => ofTexts(left, right, call(name, left, expressionOf(right))),
})

/** The same, whatever the case of the letters. */
const foldedLookup = (name: TextFunction): Lookup => ({
  operand: textOperand,
  build: (left, right) => ofTexts(left, right, call(name, lowercase(left), lowercase(expressionOf(right)))),
})

/** Text. */
export const stringLookups: LookupTable = {
  ...orderLookups,
  contains: compare('CONTAINS', textOperand),
  startswith: textLookup('string::starts_with'),
  endswith: textLookup('string::ends_with'),
  iexact: {
    operand: textOperand,
    build: (left, right) => ofTexts(left, right, binary(lowercase(left), '=', lowercase(expressionOf(right)))),
  },
  icontains: foldedLookup('string::contains'),
  istartswith: foldedLookup('string::starts_with'),
  iendswith: foldedLookup('string::ends_with'),
  regex: textLookup('string::matches', patternOperand),
}

/** What can be asked of the elements of a list or a set. */
const elementLookups: LookupTable = {
  contains: compare('CONTAINS', elementOperand),
  containsany: compare('CONTAINSANY', elementsOperand),
  containsall: {
    operand: elementsOperand,
    // the engine says that even what is missing contains all of nothing
    build: (left, right) =>
      (right as readonly unknown[]).length === 0 ? isPresent(left) : binary(left, 'CONTAINSALL', bound(right)),
  },
  containsnone: compare('CONTAINSNONE', elementsOperand),
}

/** The engine takes a bound set for none that is stored, so each of them is named. */
const isOneOf: Lookup = {
  operand: listOperand,
  build: (left, right) =>
    Array.isArray(right)
      ? or(...right.map((each) => binary(left, '=', asSet(each))))
      : binary(left, 'IN', expressionOf(right)),
}

/** Sets: `contains` asks for one element. */
export const setLookups: LookupTable = {
  ...equalityLookups,
  in: isOneOf,
  nin: {
    operand: listOperand,
    build: (left, right) =>
      Array.isArray(right)
        ? and(...right.map((each) => binary(left, '!=', asSet(each))))
        : binary(left, 'NOT IN', expressionOf(right)),
  },
  inside: isOneOf,
  ...elementLookups,
}

/** Lists: `contains` asks for one element. */
export const listLookups: LookupTable = { ...equalityLookups, ...elementLookups }

/** Dictionaries: `haskey` asks for a key. */
export const dictLookups: LookupTable = { ...equalityLookups, haskey: compare('CONTAINS', textOperand) }
