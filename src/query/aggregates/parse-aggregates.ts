import { LookupError } from '../../errors.js'
import type { Field } from '../../fields/field.js'
import { and, bound, call, conditional, constant, list, type Expression } from '../../surrealql/nodes/expression.js'
import { isPlainObject } from '../../values.js'
import { parseCondition } from '../parse-condition.js'
import type { AskedStructure } from '../find-place.js'
import { parsePlace } from '../parse-order.js'
import { Aggregate, type AggregateName } from './aggregate.js'
import { AGGREGATES, isPresent, wholeNumber } from './aggregate-definitions.js'
import type { AggregateColumn } from './grouped-query.js'

/** `{ total: Sum('amount') }` as columns of grouped rows. */
export function parseAggregates(
  meta: AskedStructure,
  given: unknown,
  taken: readonly string[],
): readonly AggregateColumn[] {
  const entries = isPlainObject(given) ? Object.entries(given) : []
  if (entries.length === 0) {
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: aggregate() takes an object such as { total: Sum('amount') }, with at least one aggregate.`,
    )
  }
  return entries.map(([name, aggregate]) => parseAggregate(meta, checkedName(meta, name, taken), aggregate))
}

/** A name for a value that is made by a query. */
export function checkedName(meta: AskedStructure, name: string, taken: readonly string[]): string {
  if (taken.includes(name))
    throw new LookupError('INVALID_VALUE', `${meta.name}: the name "${name}" is taken; choose another one.`)
  if (name === '' || name.includes('__'))
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: "${name}" is no name for a value; it must have no "__" in it.`,
    )
  return name
}

function parseAggregate(meta: AskedStructure, name: string, given: unknown): AggregateColumn {
  if (!(given instanceof Aggregate))
    throw new LookupError('INVALID_VALUE', `${meta.name}: "${name}" is no aggregate, such as Count() or Sum('amount').`)
  const aggregate = given as Aggregate<AggregateName>
  const { path, filter } = aggregate.terms
  const condition = filter === undefined ? undefined : parseCondition(meta, filter)
  if (path === undefined) return counted(name, condition)
  const { value, field } = parsePlace(meta, path)
  const { isOne, build, result } = aggregateOf(aggregate, field, `${meta.name}.${path}`)
  const counts = condition ? and(condition, isOne(value)) : isOne(value)
  if (aggregate.name === 'Count') return counted(name, counts)
  return {
    name,
    field: result,
    given: conditional(counts, list(value), list()),
    gather: gatherLists,
    nothing: list(),
    finish: (gathered) => build(call('array::flatten', gathered)),
  }
}

/** The engine counts without making a list. */
function counted(name: string, condition: Expression | undefined): AggregateColumn {
  return {
    name,
    field: wholeNumber,
    given: condition ?? constant('true'),
    gather: (given) => (condition ? call('count', given) : call('count')),
    nothing: bound(0),
    finish: (count) => count,
  }
}

/**
 * What the records gave, as a list of lists: so a value that is a list itself is kept apart from the others. Version 2
 * gathers where `array::flatten` is called, and takes one list away; since version 3 every column is gathered, and the call
 * takes it away before.
 */
function gatherLists(given: Expression): Expression {
  return call('array::flatten', list(given))
}

/** An aggregate of the values of one field, checked. */
export interface FieldAggregate {
  readonly result: Field
  /** Whether a value counts. */
  readonly isOne: (value: Expression) => Expression
  /** Of a list of values that count. */
  readonly build: (values: Expression) => Expression
}

/** An aggregate of the values of a field. */
export function aggregateOf(
  { name, terms: { argument } }: Aggregate<AggregateName>,
  field: Field,
  where: string,
): FieldAggregate {
  const definition = AGGREGATES[name]
  const { takes, refuse } = definition
  if (takes && !takes.takes(field))
    throw new LookupError('INVALID_VALUE', `${where} holds ${field.kind} values; ${name}() takes ${takes.words}.`)
  const wanted = refuse?.(argument)
  if (wanted !== undefined) throw new LookupError('INVALID_VALUE', `${where}: ${name}() takes ${wanted}.`)
  const cast = (result: Expression): Expression => field.arithmetic?.cast(result) ?? result
  return {
    result: definition.result(field),
    isOne: takes?.isOne ?? isPresent,
    build: (values) => definition.build(values, { argument, cast }),
  }
}
