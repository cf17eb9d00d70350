import { UnsupportedError } from '../errors.js'
import { isPlainObject } from '../values.js'
import type { FunctionName } from './nodes/expression.js'

/** What only newer servers have. */
export type Feature =
  | 'DISKANN indexes'
  | 'conditions of count indexes'
  | 'hashed vectors'
  | 'sequences'
  | 'onDelete of links'
  | 'asynchronous events'
  | 'hybrid searches'
  | 'searches for any of the words'
  | 'files'
  | 'types of tables'
  | 'accesses of bearers'
  | 'tokens that are refreshed'
  | 'references from other records'

/** How definitions and literals are spelled. */
export interface DefinitionSpelling {
  /** A type may be `none | T`; before, it was `option<T>`. */
  readonly noneType: boolean
  /** `TYPE object FLEXIBLE`; before, it was `FLEXIBLE TYPE object`. */
  readonly flexibleBehindType: boolean
  /** `COMPUTED e`; before, it was `VALUE <future> { e }`. */
  readonly computed: boolean
  readonly fulltext: 'FULLTEXT' | 'SEARCH'
  /** There are literals for bytes, and for the infinite numbers. */
  readonly everyLiteral: boolean
  /**
   * Names that a field of a record cannot have: the engine reads its own definition of `select` as the beginning of a
   * statement, however it is quoted, and refuses every use of the table from then on. Inside of another field they are fine.
   */
  readonly unreadableFields: ReadonlySet<string>
}

const UNREADABLE = new Set([
  ...['alter', 'break', 'continue', 'create', 'define', 'delete', 'explain', 'false', 'for', 'function', 'if', 'info'],
  ...['insert', 'let', 'none', 'null', 'rebuild', 'relate', 'remove', 'return', 'select', 'sleep', 'throw', 'true'],
  ...['update', 'upsert'],
])

/** What differs between server versions. The only place that knows. */
export interface Dialect {
  /**
   * The engine applies LIMIT before a condition that no index answers, and so returns too few records
   * (surrealdb #7028, #7076). The filter then has to stand in a sub-select of its own.
   */
  readonly limitBeforeFilter: boolean
  /**
   * A unique index leaves out the records that have no value for each of its fields, and an index of a list has a record
   * once for each item (surrealdb #7138): what such an index finds or gives its order lacks records, or has some twice.
   */
  readonly incompleteIndexes: boolean
  /** By a range of the first column of an index, or by that column of a unique index alone, too few records are found. */
  readonly losesBeginnings?: boolean
  /**
   * Of a range of ids, every record is read before LIMIT is looked at (seen on 3.0.2): a walk through a table would take the
   * longer the more batches it has. What a function selects is read one after the other, and no further than it has to be.
   */
  readonly readsWholeRanges?: boolean
  /** How all records are counted. By `count()` alone, an index may count those that one of several conditions holds for. */
  readonly counts: 'count()' | 'count(true)'
  /** A value inside of one that is missing is put in front of one that is missing itself. */
  readonly ordersByParents?: boolean
  /** What OMIT names is gone before ORDER BY could look at it. */
  readonly omitsBeforeOrder?: boolean
  /**
   * Of several matches that all have to hold, the engine answers the first by its index, and forgets the others, unless they
   * stand in something else.
   */
  readonly forgetsMatches: boolean
  /** The name of a function, which the newest server spells like this. */
  readonly spellFunction: (name: FunctionName) => string
  /** A value to be bound, where the server does not read all that the newest one reads. */
  readonly spellValue?: (value: unknown) => unknown
  readonly definitions: DefinitionSpelling
  /** What the server does not have yet, and the version that has it. */
  readonly missing: Partial<Record<Feature, string>>
  /** Functions that it does not have under any name. */
  readonly missingFunctions?: ReadonlySet<FunctionName>
  /** A live query has no values of what is bound when something happens: they are to be in its text. */
  readonly livesForgetBindings?: boolean
  /** An index of vectors, and any other one beside a search for near ones, finds too few records that other conditions hold for. */
  readonly thinsOutNearest?: boolean
  /** The edges of several records are a list for each of them. */
  readonly nestsEdges?: boolean
  /** ONLY without a record is an error, not NONE. */
  readonly onlyRefusesNone?: boolean
  /**
   * A computed field is a value of a kind of its own, which is in no type, and is like no other until something makes one of
   * it: a function that is given it does.
   */
  readonly comparesFutures?: boolean
  /**
   * A record that was written in the same transaction has no id when it is found by its id or by an index
   * (surrealdb #6584, #7221): `id = …` finds nothing, and what a SELECT gives to a write is NONE.
   */
  readonly losesIds?: boolean
  /**
   * A record that an index found has none of its computed fields: they come back as NONE, and a condition on one does not
   * hold (surrealdb #7202).
   */
  readonly indexesLoseComputed?: boolean
}

const NEWEST: Dialect = {
  limitBeforeFilter: false,
  incompleteIndexes: false,
  counts: 'count()',
  forgetsMatches: true,
  spellFunction: (name) => name,
  definitions: {
    noneType: true,
    flexibleBehindType: true,
    computed: true,
    fulltext: 'FULLTEXT',
    everyLiteral: true,
    unreadableFields: UNREADABLE,
  },
  missing: {},
}

const BEFORE_3_1: Dialect = {
  ...NEWEST,
  indexesLoseComputed: true,
  readsWholeRanges: true,
  missing: { 'DISKANN indexes': '3.1' },
}

/** Before version 3: `type::is::string`, `time::from::unix`, and no functions of sets, which were lists. */
function spellForVersion2(name: FunctionName): string {
  const spelled = RENAMED_SINCE_VERSION_2[name] ?? name
  if (spelled.endsWith('::is_empty')) return spelled.replace(/^set::/, 'array::')
  return spelled.replace(/^set::/, 'array::').replace(/::(is|from)_/, '::$1::')
}

const RENAMED_SINCE_VERSION_2: Readonly<Partial<Record<FunctionName, string>>> = {
  'type::is_set': 'type::is_array',
  'type::set': 'type::array',
  'type::record': 'type::thing',
  'rand::id': 'rand::guid',
}

/** Before version 3, a set was a list that has each item once, and there was no word for a Set. */
function setsAsLists(value: unknown): unknown {
  if (value instanceof Set) return [...value].map(setsAsLists)
  if (Array.isArray(value)) return value.map(setsAsLists)
  if (!isPlainObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, setsAsLists(each)]))
}

const VERSION_2: Dialect = {
  ...NEWEST,
  incompleteIndexes: true,
  losesBeginnings: true,
  counts: 'count(true)',
  ordersByParents: true,
  omitsBeforeOrder: true,
  forgetsMatches: false,
  spellFunction: spellForVersion2,
  spellValue: setsAsLists,
  definitions: {
    noneType: false,
    flexibleBehindType: false,
    computed: false,
    fulltext: 'SEARCH',
    everyLiteral: false,
    unreadableFields: new Set(),
  },
  missing: {
    'DISKANN indexes': '3.1',
    'conditions of count indexes': '3.0',
    'hashed vectors': '3.0',
    sequences: '3.0',
    'onDelete of links': '3.0',
    'asynchronous events': '3.0',
    'hybrid searches': '3.0',
    'searches for any of the words': '3.0',
    files: '3.0',
    'types of tables': '3.0',
    // which 2.x has as an experiment, where it was started with it
    'accesses of bearers': '3.0',
    'tokens that are refreshed': '3.0',
    'references from other records': '3.0',
  },
  missingFunctions: new Set<FunctionName>([
    'string::capitalize',
    'crypto::joaat',
    'type::of',
    'object::extend',
    'object::remove',
  ]),
  livesForgetBindings: true,
  thinsOutNearest: true,
  nestsEdges: true,
  onlyRefusesNone: true,
  comparesFutures: true,
}

/** By the first version that speaks it, newest first. */
const DIALECTS: readonly (readonly [since: readonly [number, number, number], dialect: Dialect])[] = [
  [[3, 1, 0], NEWEST],
  [[3, 0, 5], { ...BEFORE_3_1, incompleteIndexes: true }],
  [[3, 0, 0], { ...BEFORE_3_1, incompleteIndexes: true, limitBeforeFilter: true }],
  [[0, 0, 0], VERSION_2],
]

/** What to do without each. */
const ADVICE: Readonly<Record<Feature, string>> = {
  'DISKANN indexes': 'use an HNSW index',
  'conditions of count indexes': 'count all records',
  'hashed vectors': 'leave hashedVector out',
  sequences: 'keep the last number in a record',
  'onDelete of links': 'leave onDelete out, and look after the links in a hook',
  'asynchronous events': 'leave async out',
  'hybrid searches': 'search by text and by vector, one after the other',
  'searches for any of the words': 'search for one word after the other',
  'references from other records': 'filter the other model by its link',
  files: 'keep the bytes in a BytesField, or the name in a StringField',
  'types of tables': 'keep the name of the table in a StringField',
  'accesses of bearers': 'define an access of another type',
  'tokens that are refreshed': 'leave refresh out',
}

/** Refuses what the server does not have; `place` names who wants it. */
export function requireFeature({ missing }: Dialect, feature: Feature, place: string): void {
  const version = missing[feature]
  if (version === undefined) return
  throw new UnsupportedError(
    'UNSUPPORTED_VERSION',
    `${place}: the server has no ${feature}; they need SurrealDB ${version}. Upgrade it, or ${ADVICE[feature]}.`,
  )
}

/** Refuses a function that the server does not have; `place` names what it is asked of. */
export function requireFunction({ missingFunctions }: Dialect, name: FunctionName, place: string): void {
  if (!missingFunctions?.has(name)) return
  throw new UnsupportedError(
    'UNSUPPORTED_VERSION',
    `${place}: the server has no function ${name}(); it needs SurrealDB 3.0. Upgrade it, or make the value in JavaScript.`,
  )
}

/** The same server for the SELECT of a view, which is of a table, and of no other SELECT. */
export function ofViews(dialect: Dialect): Dialect {
  return {
    ...dialect,
    limitBeforeFilter: false,
    incompleteIndexes: false,
    indexesLoseComputed: false,
    readsWholeRanges: false,
  }
}

/** The same server inside of a transaction that has written. */
export function afterWrites(dialect: Dialect): Dialect {
  return { ...dialect, losesIds: true }
}

/** Of the servers that this process talks to, which are few: each query asks for one. */
const found = new Map<string, Dialect>()

/** The dialect of a server by its version (`surrealdb-3.0.2`); without one, that of the newest server. */
export function dialectFor(version = ''): Dialect {
  const dialect = found.get(version) ?? findDialect(version)
  found.set(version, dialect)
  return dialect
}

function findDialect(version: string): Dialect {
  const numbers = /(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number)
  if (!numbers) return NEWEST
  const spoken = DIALECTS.find(([since]) => compareVersions(numbers, since) >= 0)
  return spoken ? spoken[1] : NEWEST
}

function compareVersions(left: readonly number[], right: readonly number[]): number {
  const index = left.findIndex((part, position) => part !== right[position])
  return index < 0 ? 0 : left[index]! - right[index]!
}
