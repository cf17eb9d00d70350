import { LookupError } from '../../errors.js'
import type { Field } from '../../fields/field.js'
import { filtered, member, type Expression } from '../../surrealql/nodes/expression.js'
import { isObject, isPlainObject } from '../../values.js'
import { askedOf } from '../asked-of.js'
import { findPlace, type Place } from '../find-place.js'
import { unknownField } from '../parse-filter.js'
import type { AskedStructure } from '../find-place.js'
import type { Query, ReadColumn } from '../query.js'
import { readColumn } from '../row-form.js'
import { Aggregate, type AggregateName } from './aggregate.js'
import { aggregateOf, checkedName } from './parse-aggregates.js'

/** A value that was made elsewhere: the expression of it, and the field that reads it. */
export interface ComputedValue {
  readonly expression: Expression
  readonly field: Field
}

/** A query whose records come with values that are made of their fields. */
export function annotate(query: Query, given: unknown): Query {
  const { meta, rows, annotations = [] } = query
  const entries = isPlainObject(given) ? Object.entries(given) : []
  if (entries.length === 0)
    throw new LookupError('INVALID_VALUE', `${meta.name}: annotate() takes an object such as { length: 'name__len' }.`)
  if (rows?.kind === 'value')
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: a value alone comes with nothing; call annotate() before pluck().`,
    )
  const asked = askedOf(query)
  const taken = ['id', ...asked.bindings.flatMap(({ name, column }) => [name, column])]
  const made = entries.map(([name, value]) => columnOf(asked, checkedName(asked, name, taken), value))
  return {
    ...query,
    annotations: [...annotations, ...made],
    ...(rows?.kind === 'plain' && { rows: { ...rows, columns: [...rows.columns, ...made] } }),
  }
}

function columnOf(asked: AskedStructure, name: string, given: unknown): ReadColumn {
  if (typeof given === 'string') return { ...readColumn(asked, given), name }
  if (given instanceof Aggregate) return ofList(asked, name, given as Aggregate<AggregateName>)
  if (isComputed(given)) return { name, value: given.expression, field: given.field }
  throw new LookupError(
    'INVALID_VALUE',
    `${asked.name}: "${name}" is neither a path nor an aggregate, such as Count('tags').`,
  )
}

function isComputed(given: unknown): given is ComputedValue {
  return isObject(given) && 'expression' in given && 'field' in given
}

/** What an aggregate makes of a list inside the record. */
function ofList(asked: AskedStructure, name: string, aggregate: Aggregate<AggregateName>): ReadColumn {
  const { path, filter } = aggregate.terms
  if (path === undefined || filter !== undefined)
    throw new LookupError(
      'INVALID_VALUE',
      `${asked.name}: inside of a record, "${name}" takes a list, and no filter: Count('tags').`,
    )
  const where = `${asked.name}.${path}`
  const { items, value, field } = findItems(asked, path)
  const { isOne, build, result } = aggregateOf(aggregate, field, where)
  return { name, value: build(valuesOf(filtered(items, isOne(value)), value, where)), field: result }
}

/** The items of a list, or what is inside of each. */
function findItems(asked: AskedStructure, path: string): Place & { readonly items: Expression } {
  const found = findPlace(asked, path)
  if (!found) throw unknownField(asked, path)
  const place = found.isInItems ? found : findPlace(asked, `${path}__any`)
  if (place?.items && place.rest.length === 0) return { ...place, items: place.items }
  throw new LookupError(
    'UNKNOWN_FIELD',
    `${asked.name}.${path} is neither a list nor a field of a list's items; there may be one list on the way only.`,
  )
}

/** A path behind a list is that of each of its items. */
function valuesOf(items: Expression, value: Expression, where: string): Expression {
  if (value.kind === 'constant') return items
  if (value.kind === 'idiom' && value.path.every((step) => typeof step === 'string'))
    return value.path.reduce((values, step) => member(values, step), items)
  throw new LookupError('UNKNOWN_FIELD', `${where} is made of what the items hold; name a field of theirs.`)
}
