import {
  and,
  binary,
  bound,
  call,
  constant,
  or,
  type BinaryOperator,
  type Expression,
} from '../surrealql/nodes/expression.js'

/**
 * What a lookup takes on its right side: a value of the field itself, a list of them, an element of the field's list,
 * or a plain true/false.
 */
export type LookupOperand = 'value' | 'list' | 'element' | 'boolean'

/** One question a filter can ask of a field: `age__gte`. */
export interface Lookup {
  readonly operand: LookupOperand
  /** Whether it can be asked of NULL. */
  readonly takesNull?: boolean
  /** The question as an expression. `operand` is in the form the database stores. */
  build(left: Expression, operand: unknown): Expression
}

/** Lookups by the name behind `__`. */
export type LookupTable = Readonly<Record<string, Lookup>>

const compare = (operator: BinaryOperator, operand: LookupOperand = 'value'): Lookup => ({
  operand,
  build: (left, right) => binary(left, operator, bound(right)),
})

/** NONE and NULL sort below every value, so `<` alone would find records that have no value at all. */
const below = (operator: '<' | '<='): Lookup => ({
  operand: 'value',
  build: (left, right) => and(binary(left, '>', constant('NULL')), binary(left, operator, bound(right))),
})

const isNull: Lookup = {
  operand: 'boolean',
  build: (left, wanted) =>
    wanted
      ? or(binary(left, '=', constant('NONE')), binary(left, '=', constant('NULL')))
      : and(binary(left, '!=', constant('NONE')), binary(left, '!=', constant('NULL'))),
}

const startsWith: Lookup = {
  operand: 'value',
  build: (left, right) => and(call('type::is_string', left), call('string::starts_with', left, bound(right))),
}

/** What every field can be asked. `isnull` is true for a missing value and for NULL. */
export const equalityLookups: LookupTable = {
  exact: { ...compare('='), takesNull: true },
  ne: { ...compare('!='), takesNull: true },
  in: compare('IN', 'list'),
  isnull: isNull,
}

/** Fields whose values have an order. */
export const orderLookups: LookupTable = {
  ...equalityLookups,
  gt: compare('>'),
  gte: compare('>='),
  lt: below('<'),
  lte: below('<='),
}

/** Text. */
export const stringLookups: LookupTable = { ...orderLookups, contains: compare('CONTAINS'), startswith: startsWith }

/** In a filter, the engine takes a bound set for none that is stored, unless it is told that it is a set. */
const asSet = (operand: unknown): Expression =>
  operand instanceof Set ? call('type::set', bound(operand)) : bound(operand)

/** Sets: `contains` asks for one element. */
export const setLookups: LookupTable = {
  exact: { operand: 'value', takesNull: true, build: (left, right) => binary(left, '=', asSet(right)) },
  ne: { operand: 'value', takesNull: true, build: (left, right) => binary(left, '!=', asSet(right)) },
  in: {
    operand: 'list',
    build: (left, right) => or(...(right as readonly unknown[]).map((each) => binary(left, '=', asSet(each)))),
  },
  isnull: isNull,
  contains: compare('CONTAINS', 'element'),
}

/** Lists: `contains` asks for one element. */
export const listLookups: LookupTable = { ...equalityLookups, contains: compare('CONTAINS', 'element') }
