import { LookupError } from '../../errors.js'
import { filtered, member, type Expression } from '../../surrealql/nodes/expression.js'
import { isPlainObject } from '../../values.js'
import { askedOf } from '../asked-of.js'
import { recordExpression } from '../expressions/record-expression.js'
import { isExpression, resolveExpression } from '../expressions/resolve-expression.js'
import { finished, type Scope } from '../expressions/typed-value.js'
import { findPlace, type Place } from '../find-place.js'
import { unknownField } from '../parse-filter.js'
import type { AskedStructure } from '../find-place.js'
import type { Query, ReadColumn } from '../query.js'
import { readColumn } from '../row-form.js'
import { Aggregate, type AggregateName } from './aggregate.js'
import { aggregateOf, checkedName } from './parse-aggregates.js'

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
  const made = entries.map(([name, value]) => columnOf(asked, nameFor(query, asked, name), value))
  return {
    ...query,
    annotations: [...annotations, ...made],
    ...(rows?.kind === 'plain' && { rows: { ...rows, columns: [...rows.columns, ...made] } }),
  }
}

function columnOf(asked: AskedStructure, name: string, given: unknown): ReadColumn {
  if (typeof given === 'string') return { ...readColumn(asked, given), name }
  if (given instanceof Aggregate) return ofList(asked, name, given as Aggregate<AggregateName>)
  const scope: Scope = { name: asked.name, meta: asked }
  const made: unknown =
    typeof given === 'function' ? (given as (record: object) => unknown)(recordExpression(asked, scope)) : given
  if (isExpression(made)) return ofExpression(name, made, scope)
  throw new LookupError(
    'INVALID_VALUE',
    `${asked.name}: "${name}" is neither a path, nor an aggregate such as Count('tags'), nor an expression such as the one of u => u.name.len().`,
  )
}

/** A name that no document has yet. */
function nameFor({ meta, prefetch = [] }: Query, asked: AskedStructure, name: string): string {
  const fields = asked.bindings.flatMap((binding) => [binding.name, binding.column])
  const free = checkedName(asked, name, ['id', ...fields, ...prefetch.map((each) => each.name)])
  if (!meta.isMember(name)) return free
  throw new LookupError(
    'INVALID_VALUE',
    `${meta.name}.${name} is a method or a getter of its documents; give what is made of them another name.`,
  )
}

/** What an expression makes of the record. */
function ofExpression(name: string, expression: object, scope: Scope): ReadColumn {
  const made = resolveExpression(expression, scope)
  return { name, value: finished(made), field: made.field }
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
