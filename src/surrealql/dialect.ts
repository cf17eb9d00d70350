import { UnsupportedError } from '../errors.js'
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
   * once for each item (surrealdb #7138): what is ordered by such an index lacks records, or has some twice.
   */
  readonly incompleteIndexes: boolean
  /**
   * Of several matches that all have to hold, the engine answers the first by its index, and forgets the others, unless they
   * stand in something else.
   */
  readonly forgetsMatches: boolean
  /** The name of a function, which the newest server spells like this. */
  readonly spellFunction: (name: FunctionName) => string
  readonly definitions: DefinitionSpelling
  /** What the server does not have yet, and the version that has it. */
  readonly missing: Partial<Record<Feature, string>>
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

const BEFORE_3_1: Dialect = { ...NEWEST, indexesLoseComputed: true, missing: { 'DISKANN indexes': '3.1' } }

/** Before version 3: `type::is::string`, `time::from::unix`, and no functions of sets, which were lists. */
function spellForVersion2(name: FunctionName): string {
  const spelled = RENAMED_SINCE_VERSION_2[name] ?? name
  return spelled.replace(/^set::/, 'array::').replace(/::(is|from)_/, '::$1::')
}

const RENAMED_SINCE_VERSION_2: Readonly<Partial<Record<FunctionName, string>>> = {
  'type::is_set': 'type::is_array',
  'type::set': 'type::array',
  'type::record': 'type::thing',
  'rand::id': 'rand::guid',
}

const VERSION_2: Dialect = {
  ...NEWEST,
  forgetsMatches: false,
  spellFunction: spellForVersion2,
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
  },
}

/** By the first version that speaks it, newest first. */
const DIALECTS: readonly (readonly [since: readonly [number, number, number], dialect: Dialect])[] = [
  [[3, 1, 0], NEWEST],
  [[3, 0, 5], { ...BEFORE_3_1, incompleteIndexes: true }],
  [[3, 0, 0], { ...BEFORE_3_1, incompleteIndexes: true, limitBeforeFilter: true }],
  [[0, 0, 0], VERSION_2],
]

/** Refuses what the server does not have; `where` names what asks for it. */
export function requireFeature({ missing }: Dialect, feature: Feature, where?: string): void {
  const version = missing[feature]
  if (version === undefined) return
  const start = where === undefined ? 'The' : `${where}: the`
  throw new UnsupportedError(
    'UNSUPPORTED_VERSION',
    `${start} server has no ${feature}; they need SurrealDB ${version}.`,
  )
}

/** The same server for the SELECT of a view, which is of a table, and of no other SELECT. */
export function ofViews(dialect: Dialect): Dialect {
  return { ...dialect, limitBeforeFilter: false, incompleteIndexes: false, indexesLoseComputed: false }
}

/** The same server inside of a transaction that has written. */
export function afterWrites(dialect: Dialect): Dialect {
  return { ...dialect, losesIds: true }
}

/** The dialect of a server by its version (`surrealdb-3.0.2`); without one, that of the newest server. */
export function dialectFor(version: string | undefined): Dialect {
  const numbers = /(\d+)\.(\d+)\.(\d+)/
    .exec(version ?? '')
    ?.slice(1)
    .map(Number)
  if (!numbers) return NEWEST
  const found = DIALECTS.find(([since]) => compareVersions(numbers, since) >= 0)
  return found ? found[1] : NEWEST
}

function compareVersions(left: readonly number[], right: readonly number[]): number {
  const index = left.findIndex((part, position) => part !== right[position])
  return index < 0 ? 0 : left[index]! - right[index]!
}
