import { LookupError } from '../errors.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { askedOf } from './asked-of.js'
import { unknownField } from './parse-filter.js'
import type { AskedStructure } from './find-place.js'
import { parsePlace } from './parse-order.js'
import type { Query, ReadColumn } from './query.js'

/** Documents with these fields alone. */
export function partialRowForm(query: Query, names: readonly string[]): Query {
  return { ...query, rows: { kind: 'partial', only: knownNames(query.meta, names, 'only') } }
}

/** Documents without these fields. */
export function rowFormWithout(query: Query, names: readonly string[]): Query {
  const without = knownNames(query.meta, names, 'omit')
  const only = query.meta.bindings.map(({ name }) => name).filter((name) => !without.includes(name))
  return { ...query, rows: { kind: 'partial', only } }
}

/** Plain objects with these values, or with all fields. */
export function plainRowForm(query: Query, names: readonly string[]): Query {
  const asked = askedOf(query)
  const all = names.length > 0 ? names : ['id', ...asked.bindings.map(({ name }) => name)]
  return { ...query, rows: { kind: 'plain', columns: all.map((name) => readColumn(asked, name)) } }
}

/** One value of each record. */
export function valueRowForm(query: Query, name: string): Query {
  return { ...query, rows: { kind: 'value', column: readColumn(askedOf(query), name) } }
}

/** Each of the rows once. */
export function distinctRowForm(query: Query): Query {
  const { meta, rows } = query
  if (rows?.kind === 'plain' || rows?.kind === 'value') return { ...query, rows: { ...rows, isDistinct: true } }
  throw new LookupError(
    'INVALID_VALUE',
    `${meta.name}: no document is there twice; distinct() is for the rows of values() and pluck(), so call one of them before.`,
  )
}

/** A value that is read of each record, by its path. */
export function readColumn(asked: AskedStructure, name: string): ReadColumn {
  const { value, field } = parsePlace(asked, name)
  return { name, value, field }
}

function knownNames(meta: ModelMeta, names: readonly string[], method: string): readonly string[] {
  if (names.length === 0)
    throw new LookupError('INVALID_VALUE', `${meta.name}: ${method}() takes the names of fields; there is none.`)
  const unknown = names.find((name) => !meta.binding(name))
  if (unknown !== undefined) throw unknownField(meta, unknown)
  return names
}
