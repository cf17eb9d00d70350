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
} from '../surrealql/nodes/expression.js'
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
  build: (left, right) => binary(left, operator, bound(right)),
})

/*
 * Of an index over several fields, the engine reads the wrong end of a range over the first one: `>` finds what is equal
 * too, and `<=` does not (surrealdb #7443). So only `>=` and `<` are asked for, and what is equal by itself.
 */

const isEqual = (left: Expression, right: unknown): Expression => binary(left, '=', bound(right))
const isAbove = (left: Expression, right: unknown): Expression => binary(left, '>=', bound(right))
const isBelow = (left: Expression, right: unknown): Expression => binary(left, '<', bound(right))

/** NONE and NULL sort below every value, and false is the least one: `<` alone would find records without any. */
const isAny = (left: Expression): Expression => binary(left, '>=', constant('false'))

const gt: Lookup = {
  operand: valueOperand,
  build: (left, right) => and(isAbove(left, right), binary(left, '!=', bound(right))),
}

const lt: Lookup = { operand: valueOperand, build: (left, right) => and(isAny(left), isBelow(left, right)) }

const lte: Lookup = {
  operand: valueOperand,
  build: (left, right) => or(and(isAny(left), isBelow(left, right)), isEqual(left, right)),
}

const isMissing = (left: Expression): Expression =>
  or(binary(left, '=', constant('NONE')), binary(left, '=', constant('NULL')))

/** Not `!=`: newer servers look that up in an index, which knows no empty lists, and finds missing values (#7508). */
const isPresent = (left: Expression): Expression => not(isMissing(left))

const isNull: Lookup = {
  operand: booleanOperand,
  build: (left, wanted) => (wanted ? isMissing(left) : isPresent(left)),
}

/** From and to, both included. */
const between: Lookup = {
  operand: rangeOperand,
  build: (left, range) => {
    const [from, to] = range as readonly [unknown, unknown]
    return and(isAbove(left, from), or(isBelow(left, to), isEqual(left, to)))
  },
}

/** What every field can be asked. `isnull` is true for a missing value and for NULL. */
export const equalityLookups: LookupTable = {
  exact: { ...compare('='), takesNull: true },
  ne: { ...compare('!='), takesNull: true },
  in: compare('IN', listOperand),
  nin: compare('NOT IN', listOperand),
  inside: compare('INSIDE', listOperand),
  isnull: isNull,
}

/** Fields whose values have an order. */
export const orderLookups: LookupTable = {
  ...equalityLookups,
  gt,
  gte: compare('>='),
  lt,
  lte,
  between,
}

type TextFunction = 'string::contains' | 'string::starts_with' | 'string::ends_with' | 'string::matches'

/** The functions of texts fail on what is none. */
const ofText = (left: Expression, question: Expression): Expression => and(call('type::is_string', left), question)

const lowercase = (text: Expression): Expression => call('string::lowercase', text)

const textLookup = (name: TextFunction, operand = textOperand): Lookup => ({
  operand,
  build: (left, right) => ofText(left, call(name, left, bound(right))),
})

/** The same, whatever the case of the letters. */
const foldedLookup = (name: TextFunction): Lookup => ({
  operand: textOperand,
  build: (left, right) => ofText(left, call(name, lowercase(left), lowercase(bound(right)))),
})

/** Text. */
export const stringLookups: LookupTable = {
  ...orderLookups,
  contains: compare('CONTAINS', textOperand),
  startswith: textLookup('string::starts_with'),
  endswith: textLookup('string::ends_with'),
  iexact: {
    operand: textOperand,
    build: (left, right) => ofText(left, binary(lowercase(left), '=', lowercase(bound(right)))),
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

/** In a filter, the engine takes a bound set for none that is stored, unless it is told that it is a set. */
const asSet = (operand: unknown): Expression =>
  operand instanceof Set ? call('type::set', bound(operand)) : bound(operand)

const isOneOf: Lookup = {
  operand: listOperand,
  build: (left, right) => or(...(right as readonly unknown[]).map((each) => binary(left, '=', asSet(each)))),
}

/** Sets: `contains` asks for one element. */
export const setLookups: LookupTable = {
  exact: { operand: valueOperand, takesNull: true, build: (left, right) => binary(left, '=', asSet(right)) },
  ne: { operand: valueOperand, takesNull: true, build: (left, right) => binary(left, '!=', asSet(right)) },
  in: isOneOf,
  nin: {
    operand: listOperand,
    build: (left, right) => and(...(right as readonly unknown[]).map((each) => binary(left, '!=', asSet(each)))),
  },
  inside: isOneOf,
  isnull: isNull,
  ...elementLookups,
}

/** Lists: `contains` asks for one element. */
export const listLookups: LookupTable = { ...equalityLookups, ...elementLookups }

/** Dictionaries: `haskey` asks for a key. */
export const dictLookups: LookupTable = { ...equalityLookups, haskey: compare('CONTAINS', textOperand) }
