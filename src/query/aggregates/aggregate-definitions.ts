import { CollectedKind } from '../../fields/containers/collected-field.js'
import type { Field } from '../../fields/field.js'
import { IntField } from '../../fields/numbers/number-fields.js'
import { StringField } from '../../fields/text/string-field.js'
import {
  and,
  binary,
  bound,
  call,
  conditional,
  constant,
  list,
  type Expression,
  type FunctionName,
} from '../../surrealql/nodes/expression.js'
import type { AggregateName } from './aggregate.js'

/** What an aggregate is made of: values that are all there, and of the right kind. */
export interface AggregateDefinition {
  /** Which values it takes, in the words of an error; default: all. */
  readonly takes?: OperandKind
  /** The field of the result, by that of the values. */
  readonly result: (field: Field) => Field
  /** The result, of a list of values. */
  readonly build: (values: Expression, terms: BuildTerms) => Expression
  /** What its argument has to be, in the words of an error; undefined when it has none, or the right one. */
  readonly refuse?: (argument: unknown) => string | undefined
}

/** What the result depends on besides the values. */
export interface BuildTerms {
  readonly argument: unknown
  /** Makes a number that was reckoned one of the values' kind. */
  readonly cast: (result: Expression) => Expression
}

/** The values that an aggregate takes. */
export interface OperandKind {
  readonly words: string
  readonly takes: (field: Field) => boolean
  /** What holds for a value that counts. */
  readonly isOne: (value: Expression) => Expression
}

const NUMBERS: OperandKind = {
  words: 'numbers',
  takes: (field) => field.arithmetic !== undefined,
  isOne: (value) => call('type::is_number', value),
}

const TEXTS: OperandKind = {
  words: 'text',
  takes: (field) => 'startswith' in field.lookups,
  isOne: (value) => call('type::is_string', value),
}

/** What has an order can be asked whether it is greater. */
const ORDERED: OperandKind = {
  words: 'values that have an order',
  takes: (field) => 'gt' in field.lookups,
  isOne: (value) => isPresent(value),
}

/** Neither NONE nor NULL. */
export function isPresent(value: Expression): Expression {
  return and(binary(value, '!=', constant('NONE')), binary(value, '!=', constant('NULL')))
}

/** How many there are. */
export const wholeNumber = IntField().field
const text = StringField().field
const same = (field: Field): Field => field
const collected = (field: Field): Field => new CollectedKind(field)

/** The engine gives NaN, infinities or NONE of an empty list, where SQL has NULL. */
const ofSome = (values: Expression, result: Expression): Expression =>
  conditional(binary(values, '!=', list()), result, constant('NULL'))

/** Something reckoned of numbers, unless there is none. */
const mean = (name: FunctionName): AggregateDefinition => ({
  takes: NUMBERS,
  result: (field) => field.arithmetic!.meanField,
  build: (values, { cast }) => ofSome(values, cast(call(name, values))),
})

/** One of the values, unless there is none. */
const oneOf = (name: FunctionName, takes?: OperandKind): AggregateDefinition => ({
  ...(takes && { takes }),
  result: same,
  build: (values) => ofSome(values, call(name, values)),
})

/** What each aggregate is. */
export const AGGREGATES: Readonly<Record<AggregateName, AggregateDefinition>> = {
  Count: { result: () => wholeNumber, build: (values) => call('array::len', values) },
  Sum: { takes: NUMBERS, result: same, build: (values, { cast }) => cast(call('math::sum', values)) },
  Avg: mean('math::mean'),
  Median: mean('math::median'),
  StdDev: mean('math::stddev'),
  Variance: mean('math::variance'),
  Percentile: {
    ...mean('math::percentile'),
    build: (values, { argument, cast }) => ofSome(values, cast(call('math::percentile', values, bound(argument)))),
    refuse: (percentage) =>
      typeof percentage === 'number' && percentage >= 0 && percentage <= 100 ? undefined : 'a percentage from 0 to 100',
  },
  Min: oneOf('array::min', ORDERED),
  Max: oneOf('array::max', ORDERED),
  First: oneOf('array::first'),
  Last: oneOf('array::last'),
  Distinct: { result: collected, build: (values) => call('array::distinct', values) },
  DistinctCount: {
    result: () => wholeNumber,
    build: (values) => call('array::len', call('array::distinct', values)),
  },
  ArrayCollect: { result: collected, build: (values) => values },
  GroupConcat: {
    takes: TEXTS,
    result: () => text,
    build: (values, { argument }) => ofSome(values, call('array::join', values, bound(argument))),
    refuse: (separator) => (typeof separator === 'string' ? undefined : 'a separator that is a string'),
  },
}
