import { LookupError, ValidationError } from '../../errors.js'
import type { Field } from '../../fields/field.js'
import { Findings } from '../../fields/findings.js'
import { REFUSED, type AskedField } from '../../fields/lookups/operands.js'
import { or, type Expression } from '../../surrealql/nodes/expression.js'
import { askedOf } from '../asked-of.js'
import type { AskedStructure } from '../find-place.js'
import { findTerm, type Term } from '../parse-filter.js'
import { parseOrder } from '../parse-order.js'
import { withConditions, type Query } from '../query.js'
import { textsOf } from './http-query.js'

/** What a URL may ask for. Nothing that is not listed here. */
export interface AllowedNames {
  readonly searchable?: readonly string[] | undefined
  readonly filterable?: readonly string[] | undefined
  readonly sortable?: readonly string[] | undefined
  readonly perPage?: number | undefined
  readonly maxPerPage?: number | undefined
}

/** The page that a URL asks for. */
export interface GridPage {
  readonly page: number
  readonly perPage: number
}

const PER_PAGE = 25
const MOST_PER_PAGE = 100
const PLACE = 'grid()'

/** The query of a URL as a narrower query, and a page of it. */
export function parseGrid(
  query: Query,
  http: unknown,
  allowed: AllowedNames,
): { readonly query: Query; readonly page: GridPage } {
  const asked = askedOf(query)
  const findings = new Findings()
  const texts = textsOf(`${asked.name}: ${PLACE}`, http)
  const { maxPerPage = MOST_PER_PAGE, perPage = Math.min(PER_PAGE, maxPerPage) } = allowed
  const number = (name: string, otherwise: number, most: number): number =>
    readNumber(texts.get(name), { name, otherwise, most, findings })
  const page = { page: number('page', 1, Infinity), perPage: number('perPage', perPage, maxPerPage) }
  const conditions = [...texts].flatMap(([name, values]) =>
    conditionsOf(asked, { name, values }, { allowed, findings }),
  )
  const orderBy = (texts.get('sort') ?? []).flatMap((terms) => terms.split(','))
  for (const term of orderBy) known(asked, allowed.sortable, term.replace('-', ''))
  if (findings.issues.length > 0) throw new ValidationError(asked.name, findings.issues)
  const narrowed = conditions.length > 0 ? withConditions(query, conditions) : query
  if (orderBy.length === 0) return { query: narrowed, page }
  return { query: { ...narrowed, orderBy: orderBy.map((term) => parseOrder(asked, term)) }, page }
}

interface Parameter {
  readonly name: string
  readonly values: readonly string[]
}

interface Reading {
  readonly allowed: AllowedNames
  readonly findings: Findings
}

/** What a parameter asks of the records. */
function conditionsOf(asked: AskedStructure, { name, values }: Parameter, reading: Reading): readonly Expression[] {
  const { filterable = [], searchable = [] } = reading.allowed
  if (name === 'page' || name === 'perPage' || name === 'sort') return []
  if (name === 'search' && searchable.length > 0) return [searched(asked, searchable, values)]
  const term = allowedTerm(asked, filterable, name)
  const value = readTexts(term, values)
  if (value !== REFUSED) return [term.place.within(term.lookup.build(term.place.value, value))]
  reading.findings.add([name], 'invalid_type', `takes ${term.lookup.operand.wanted(term.place.field)}`)
  return []
}

/** A name that is allowed, or a lookup of its field. */
function allowedTerm(asked: AskedStructure, filterable: readonly string[], name: string): Term {
  const field = filterable.includes(name) ? name : name.slice(0, Math.max(0, name.lastIndexOf('__')))
  if (!filterable.includes(field)) throw unknown(asked, filterable, name)
  const term = findTerm(asked, name)
  // what goes on inside of the field has to be allowed by its own name
  if (field !== name && term.place.rest.length === 0) throw unknown(asked, filterable, name)
  return term
}

/** The text is in one of the fields at least. */
function searched(asked: AskedStructure, names: readonly string[], [text]: readonly string[]): Expression {
  const terms = names.map((name) => findTerm(asked, `${name}__icontains`))
  return or(...terms.map(({ place, lookup }) => place.within(lookup.build(place.value, text))))
}

/** A URL has texts only; what they stand for is the first reading that the lookup takes. */
function readTexts({ place: { field }, lookup: { operand } }: Term, texts: readonly string[]): unknown {
  const asked = textual(field)
  const single = texts.length === 1 ? texts[0] : undefined
  const readings = single === undefined ? [texts] : [single, texts, TRUTH.get(single)]
  return readings.map((reading) => operand.read(reading, asked)).find((value) => value !== REFUSED) ?? REFUSED
}

const TRUTH: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
])

/** A field that takes texts for its values. */
function textual(field: Field): AskedField {
  const { kind } = field
  const element = field.element && textual(field.element)
  const coerce = (value: unknown): unknown => {
    if (typeof value === 'string') return field.fromText(value)
    return element && Array.isArray(value) ? value.map((each) => element.coerce(each)) : field.coerce(value)
  }
  return {
    kind,
    element,
    coerce,
    accepts: (value) => field.accepts(value),
    toDatabase: (value) => field.toDatabase(value),
    databaseType: () => field.databaseType(),
  }
}

interface NumberRule {
  readonly name: string
  readonly otherwise: number
  readonly most: number
  readonly findings: Findings
}

function readNumber(texts: readonly string[] | undefined, { name, otherwise, most, findings }: NumberRule): number {
  if (!texts) return otherwise
  const value = texts.length === 1 && /^\d{1,15}$/.test(texts[0]!) ? Number(texts[0]) : 0
  if (value >= 1 && value <= most) return value
  const limit = most === Infinity ? '' : ` and at most ${most}`
  findings.add([name], 'invalid_number', `must be a whole number of at least 1${limit}`)
  return otherwise
}

function known(asked: AskedStructure, names: readonly string[] | undefined, name: string): string {
  if (names?.includes(name)) return name
  throw unknown(asked, names, name)
}

function unknown(asked: AskedStructure, names: readonly string[] | undefined, name: string): LookupError {
  const allowed = names?.length ? names.join(', ') : 'none'
  return new LookupError(
    'UNKNOWN_FIELD',
    `${asked.name}: ${PLACE} was not told to take "${name}"; allowed: ${allowed}.`,
  )
}
