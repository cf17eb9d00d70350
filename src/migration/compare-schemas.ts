import { escapeIdentifier } from '../surrealql/escape.js'
import { alternativesOf, clauseOf, isWithin, splitOutside, typeOf, wordsOf } from './split-outside.js'
import type { Definitions, SchemaInfo } from './schema-info.js'

/** What can be defined in a database. */
export type SchemaKind =
  | 'access'
  | 'analyzer'
  | 'api'
  | 'bucket'
  | 'event'
  | 'field'
  | 'function'
  | 'index'
  | 'module'
  | 'param'
  | 'sequence'
  | 'table'

/** One thing that a database has and the models have not, or the other way round, or otherwise. */
export interface SchemaDifference {
  readonly kind: SchemaKind
  /** The table of a field, an index or an event. */
  readonly table?: string
  /** As SurrealQL writes it for fields: `address.city`, `` tags.* ``. */
  readonly name: string
  /** `missing` in the database, `extra` in the database, or `different` there. */
  readonly change: 'missing' | 'extra' | 'different'
  /** Whether what is stored may get lost, or can no longer be stored: something is removed, or a type takes less. */
  readonly losesData: boolean
  /** What brings the database there. */
  readonly statement: string
}

interface KindOfThing {
  readonly kind: SchemaKind
  /** What stands behind REMOVE. */
  readonly removed: (name: string, table: string) => string
  /** Whether something is kept in it that goes with it. */
  readonly holdsData?: true
  /** Whether another definition of it keeps less. */
  readonly narrows?: (before: string, after: string) => boolean
}

const named =
  (word: string) =>
  (name: string): string =>
    `${word} IF EXISTS ${escapeIdentifier(name)}`
const ofTable =
  (word: string) =>
  (name: string, table: string): string =>
    `${word} IF EXISTS ${escapeIdentifier(name)} ON TABLE ${escapeIdentifier(table)}`

/** By INFO's words, in the order in which they are defined: what is further down may need what is further up. */
const OF_DATABASE: Readonly<Record<string, KindOfThing>> = {
  params: { kind: 'param', removed: (name) => `PARAM IF EXISTS $${escapeIdentifier(name)}` },
  modules: { kind: 'module', removed: named('MODULE') },
  functions: { kind: 'function', removed: (name) => `FUNCTION IF EXISTS fn::${name}` },
  analyzers: { kind: 'analyzer', removed: named('ANALYZER') },
  sequences: { kind: 'sequence', removed: named('SEQUENCE'), holdsData: true, narrows: () => true },
  buckets: { kind: 'bucket', removed: named('BUCKET'), holdsData: true, narrows: () => true },
  apis: { kind: 'api', removed: (name) => `API IF EXISTS ${JSON.stringify(name)}` },
  tables: { kind: 'table', removed: named('TABLE'), holdsData: true, narrows: keepsLess },
  accesses: {
    kind: 'access',
    removed: (name) => `ACCESS IF EXISTS ${escapeIdentifier(name)} ON DATABASE`,
    holdsData: true,
  },
}

const OF_TABLE: Readonly<Record<string, KindOfThing>> = {
  fields: {
    kind: 'field',
    // the name of a field is a path, which is escaped already
    removed: (path, table) => `FIELD IF EXISTS ${path} ON TABLE ${escapeIdentifier(table)}`,
    holdsData: true,
    narrows: takesLess,
  },
  indexes: { kind: 'index', removed: ofTable('INDEX') },
  events: { kind: 'event', removed: ofTable('EVENT') },
}

/** What has to be done to a database so that it is as wanted, in the order in which it can be done. */
export function compareSchemas(found: SchemaInfo, wanted: SchemaInfo): readonly SchemaDifference[] {
  const database = compareKinds(OF_DATABASE, { found: found.database, wanted: wanted.database })
  const tables = [...wanted.tables].flatMap(([table, definitions]) =>
    compareKinds(OF_TABLE, { found: found.tables.get(table) ?? {}, wanted: definitions, table }),
  )
  const own = [...database, ...tables].map((difference) => withOwnStatement(difference, wanted))
  const different = own.map((difference) => withWhatItResets(difference, wanted))
  const all = different
    .map((difference) => withList(difference, wanted, different))
    .map((difference) => withComputed(difference, found, wanted))
  const isExtra = ({ change }: SchemaDifference): boolean => change === 'extra'
  // children before what they are in, views before their tables
  const removals = all.filter(isExtra).reverse()
  return [...removals, ...all.filter((difference) => !isExtra(difference))]
}

interface Sides {
  readonly found: Definitions
  readonly wanted: Definitions
  readonly table?: string
}

function compareKinds(
  kinds: Readonly<Record<string, KindOfThing>>,
  { found, wanted, table }: Sides,
): readonly SchemaDifference[] {
  return Object.entries(kinds).flatMap(([word, kind]) => {
    const [before, after] = [found[word] ?? {}, wanted[word] ?? {}]
    return inOrder({ ...before, ...after }).flatMap((name) =>
      compareOne(kind, { name, table, before: before[name], after: after[name] }),
    )
  })
}

/** By name, which puts what is inside something behind it; views behind all tables. */
function inOrder(definitions: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.keys(definitions).sort()
  const isView = (name: string): boolean => wordsOf(definitions[name]!).includes('AS')
  return [...names.filter((name) => !isView(name)), ...names.filter(isView)]
}

interface Pair {
  readonly name: string
  readonly table: string | undefined
  readonly before: string | undefined
  readonly after: string | undefined
}

function compareOne(kind: KindOfThing, { name, table, before, after }: Pair): readonly SchemaDifference[] {
  if (before === after) return []
  const what = { kind: kind.kind, ...(table !== undefined && { table }), name }
  if (after === undefined) {
    const statement = `REMOVE ${kind.removed(name, table ?? '')}`
    return [{ ...what, change: 'extra', losesData: kind.holdsData ?? false, statement }]
  }
  const statement = overwriting(after)
  if (before === undefined) return [{ ...what, change: 'missing', losesData: false, statement }]
  return [{ ...what, change: 'different', losesData: kind.narrows?.(before, after) ?? false, statement }]
}

/** A definition that may be there already: that of a list defines its elements too. */
function overwriting(definition: string): string {
  return definition.replace(/^DEFINE \w+ /, (start) => `${start}OVERWRITE `)
}

function withOwnStatement(difference: SchemaDifference, { statements }: SchemaInfo): SchemaDifference {
  const { kind, name, change } = difference
  const statement = change === 'extra' ? undefined : statements?.get(`${kind} ${name}`)
  return statement === undefined
    ? difference
    : { ...difference, statement: statement.replace('IF NOT EXISTS', 'OVERWRITE') }
}

/** Defining a relation anew resets both of its ends; a view cannot be replaced, and takes with it what it has. */
function withWhatItResets(difference: SchemaDifference, wanted: SchemaInfo): SchemaDifference {
  const { kind, change, name, statement } = difference
  if (kind !== 'table' || change === 'extra') return difference
  const { fields = {}, indexes = {}, events = {} } = wanted.tables.get(name) ?? {}
  if (change === 'different' && wordsOf(statement).includes('AS')) {
    const parts = [fields, indexes, events].flatMap((definitions) => Object.values(definitions).map(overwriting))
    return { ...difference, statement: [`REMOVE ${named('TABLE')(name)}`, statement, ...parts].join(';\n') }
  }
  const ends = clauseOf(statement, 'TYPE') === 'RELATION' ? [fields['in'], fields['out']] : []
  const parts = ends.filter((end) => end !== undefined).map(overwriting)
  return { ...difference, statement: [statement, ...parts].join(';\n') }
}

/**
 * The elements of a list are defined by defining the list, which loses what it loses. The engine itself refuses its own
 * definition of them where the list may be NULL.
 */
function withList(
  difference: SchemaDifference,
  wanted: SchemaInfo,
  all: readonly SchemaDifference[],
): SchemaDifference {
  const { kind, change, name, table = '' } = difference
  const definitions = wanted.tables.get(table)?.['fields'] ?? {}
  const list = listOf(name, definitions)
  if (kind !== 'field' || change === 'extra' || list === undefined) return difference
  const losesData = all.some((other) => other.table === table && other.name === list && other.losesData)
  // what else was said of them would outlast the new definition of the list
  const removal = change === 'different' ? [`REMOVE ${OF_TABLE['fields']!.removed(name, table)}`] : []
  return {
    ...difference,
    statement: [...removal, overwriting(definitions[list]!)].join(';\n'),
    losesData: difference.losesData || losesData,
  }
}

/** The engine refuses to define a computed field while there are fields inside it, those that it defines itself included. */
function withComputed(difference: SchemaDifference, found: SchemaInfo, wanted: SchemaInfo): SchemaDifference {
  const { kind, change, name, table = '' } = difference
  const [root = name] = splitOutside(name, '.')
  const own = wanted.tables.get(table)?.['fields']?.[root]
  if (kind !== 'field' || change === 'extra' || !own || !wordsOf(own).includes('COMPUTED')) return difference
  const fields = { ...found.tables.get(table)?.['fields'], ...wanted.tables.get(table)?.['fields'] }
  const inside = Object.keys(fields).filter((path) => path.startsWith(`${root}.`))
  const removals = inside
    .sort()
    .reverse()
    .map((path) => `REMOVE ${OF_TABLE['fields']!.removed(path, table)}`)
  return { ...difference, statement: [...removals, overwriting(own)].join(';\n') }
}

/** The list whose definition says all there is to say of its elements. */
function listOf(name: string, definitions: Readonly<Record<string, string>>): string | undefined {
  if (!name.endsWith('.*')) return undefined
  const list = name.slice(0, -'.*'.length)
  const [own, outer] = [definitions[name], definitions[list]]
  if (own === undefined || outer === undefined || !definesElements(outer)) return undefined
  if (!isOnlyTyped(own)) return undefined
  return listOf(list, definitions) ?? list
}

/** An object has elements too, but says nothing of them; neither does a list of anything that stands alone. */
function definesElements(definition: string): boolean {
  const types = alternativesOf(typeOf(definition) ?? '')
  const isList = (type: string): boolean => /^(?:array|set)(?:<|$)/.test(type)
  const isOfAny = (type: string): boolean => /^\w+(?:<any(?:, \d+)?>)?$/.test(type)
  return types.some((type) => isList(type) && (types.length > 1 || !isOfAny(type)))
}

function isOnlyTyped(definition: string): boolean {
  return wordsOf(definition).slice(5).join(' ') === `TYPE ${typeOf(definition)} PERMISSIONS FULL`
}

/** A field whose type takes less, that is no longer stored, or whose objects lose the keys nobody named. */
function takesLess(before: string, after: string): boolean {
  const [had, has] = [wordsOf(before), wordsOf(after)]
  const gained = (word: string): boolean => has.includes(word) && !had.includes(word)
  const lost = (word: string): boolean => had.includes(word) && !has.includes(word)
  return !isWithin(typeOf(before), typeOf(after)) || gained('COMPUTED') || lost('FLEXIBLE')
}

/** A table that stores less from now on, or forgets its history. */
function keepsLess(before: string, after: string): boolean {
  const [had, has] = [wordsOf(before), wordsOf(after)]
  const gained = (word: string): boolean => has.includes(word) && !had.includes(word)
  const type = clauseOf(after, 'TYPE')
  const history = clauseOf(before, 'CHANGEFEED')
  return (
    gained('SCHEMAFULL') ||
    gained('DROP') ||
    (type !== 'ANY' && clauseOf(before, 'TYPE') !== 'ANY' && clauseOf(before, 'TYPE') !== type) ||
    (history !== undefined && clauseOf(after, 'CHANGEFEED') !== history)
  )
}
