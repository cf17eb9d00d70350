import type { FunctionName } from './nodes/expression.js'

/** What differs between server versions. The only place that knows. */
export interface Dialect {
  /**
   * The engine applies LIMIT before a condition that no index answers, and so returns too few records
   * (surrealdb #7028, #7076). The filter then has to stand in a sub-select of its own.
   */
  readonly limitBeforeFilter: boolean
  /** Functions that are spelled differently from the newest server. */
  readonly functionNames: Partial<Record<FunctionName, string>>
  /**
   * A record that was written in the same transaction has no id when it is found by its id or by an index
   * (surrealdb #6584, #7221): `id = …` finds nothing, and what a SELECT gives to a write is NONE.
   */
  readonly losesIds?: boolean
}

const NEWEST: Dialect = { limitBeforeFilter: false, functionNames: {} }

/** By the first version that speaks it, newest first. */
const DIALECTS: readonly (readonly [since: readonly [number, number, number], dialect: Dialect])[] = [
  [[3, 0, 5], NEWEST],
  [[3, 0, 0], { ...NEWEST, limitBeforeFilter: true }],
  [[0, 0, 0], { ...NEWEST, functionNames: { 'type::is_string': 'type::is::string' } }],
]

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
