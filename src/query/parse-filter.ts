import { LookupError } from '../errors.js'
import type { Field } from '../fields/field.js'
import type { Lookup } from '../fields/lookups/lookups.js'
import { registeredNames, registrationCount } from '../fields/lookups/registered-lookups.js'
import type { Expression } from '../surrealql/nodes/expression.js'
import { isPlainObject } from '../values.js'
import { resolveOperand } from './expressions/resolve-expression.js'
import type { Scope } from './expressions/typed-value.js'
import { findPlace, type AskedStructure, type Place } from './find-place.js'
import { readOperand } from './read-operand.js'

/** `{ age__gte: 18, address__city: 'Paris' }` as expressions that all have to hold. */
export function parseFilter(meta: AskedStructure, filter: unknown): readonly Expression[] {
  if (!isPlainObject(filter)) {
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: a filter is an object such as { name: 'Ann', age__gte: 18 }, or made of them with Q.`,
    )
  }
  return Object.keys(filter).map((key) => parseTerm(meta, key, filter[key]))
}

/** What a key of a filter asks: of which place, and what. */
export interface Term {
  readonly place: Place
  readonly lookup: Lookup
  /** For errors. */
  readonly where: string
  /** What an expression on its right side may speak of. */
  readonly scope: Scope
}

/** What the keys of filters ask of a structure, since something was last registered. */
interface KnownTerms {
  readonly since: number
  readonly terms: Map<string, Term>
}

/** A dictionary may be asked for any key, so their number has no end of its own. */
const MOST_TERMS = 1000
const known = new WeakMap<AskedStructure, KnownTerms>()

/** `age__gte` as what it asks; a program asks the same again and again. */
export function findTerm(meta: AskedStructure, key: string): Term {
  const terms = knownTerms(meta)
  let term = terms.get(key)
  if (!term) {
    term = readTerm(meta, key)
    if (terms.size >= MOST_TERMS) terms.clear()
    terms.set(key, term)
  }
  return term
}

function knownTerms(meta: AskedStructure): Map<string, Term> {
  const since = registrationCount()
  const found = known.get(meta)
  if (found?.since === since) return found.terms
  const terms = new Map<string, Term>()
  known.set(meta, { since, terms })
  return terms
}

function readTerm(meta: AskedStructure, key: string): Term {
  const where = `${meta.name}.${key}`
  const place = findPlace(meta, key)
  if (!place) throw unknownField(meta, key)
  const { field, rest } = place
  if (rest.length > 1) throw unknownName(where, rest[0]!, field)
  const asked = rest[0] ?? 'exact'
  const lookup = field.lookup(asked)
  if (!lookup) throw unknownName(where, asked, field)
  return { place, lookup, where, scope: { name: where, ...(!place.isInItems && { meta }) } }
}

function parseTerm(meta: AskedStructure, key: string, given: unknown): Expression {
  const { place, lookup, where, scope } = findTerm(meta, key)
  if (given === undefined) {
    const name = place.rest.length === 0 ? key : key.slice(0, key.lastIndexOf('__'))
    throw new LookupError(
      'UNDEFINED_VALUE',
      `${where} is undefined; leave the key out, or ask for missing values with ${name}__isnull: true.`,
    )
  }
  const operand = resolveOperand(given, scope)
  const value = readOperand({ where, lookup, field: place.field, given: operand })
  return place.within(lookup.build(place.value, value))
}

function unknownName(where: string, name: string, field: Field): LookupError {
  const lookups = [...Object.keys(field.lookups), ...Object.keys(field.transforms), ...registeredNames(field)]
  return new LookupError(
    'UNKNOWN_LOOKUP',
    `${where}: "${name}" is neither a field inside this ${field.kind} field nor a lookup of it; lookups: ${lookups.join(', ')}.`,
  )
}

/** The error for a name that is no field of the model. */
export function unknownField(meta: AskedStructure, name: string): LookupError {
  const fields = [...(meta.id ? ['id'] : []), ...meta.bindings.map((binding) => binding.name)].join(', ')
  return new LookupError('UNKNOWN_FIELD', `${meta.name} has no field "${name.split('__')[0]}"; fields: ${fields}.`)
}
