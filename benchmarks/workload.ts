/** What is measured, the same for every contender. A row has eight fields, about 200 bytes. */
export interface Row {
  readonly name: string
  readonly email: string
  readonly age: number
  readonly score: number
  readonly active: boolean
  readonly joined: Date
  readonly tags: string[]
  readonly address: { readonly city: string; readonly zip: string }
}

/** The row of a number. */
export function row(index: number): Row {
  return {
    name: `user ${index}`,
    email: `user${index}@example.org`,
    age: index % 90,
    score: index * 1.5 + 0.25,
    active: index % 2 === 0,
    joined: new Date(1_700_000_000_000 + index * 1_000),
    tags: ['red', 'green', `tag ${index % 10}`],
    address: { city: `city ${index % 100}`, zip: String(10_000 + index) },
  }
}

/** Rows in the table that is read from. */
export const TABLE_SIZE = 10_000
/** Rows in one INSERT: the fastest size on an engine in memory. */
export const BATCH = 100

/** Teams, each with a captain; and how many members link to each of them. */
export const TEAMS = 50
export const MEMBERS_OF_EACH = 10

/** What is asked of the table that is read from: some fifty of its rows fit. */
export const FOUND = { age: 45, city: 'city 7', limit: 20 }

/** One thing to measure. */
export interface Case {
  readonly name: string
  /** Calls in one turn of one contender. */
  readonly calls: number
  /** Turns of each contender. */
  readonly turns: number
  /** How many rows each call brings. */
  readonly rows?: number
}

export const CASES: readonly Case[] = [
  { name: 'RETURN 1', calls: 200, turns: 15 },
  { name: 'create one', calls: 100, turns: 15 },
  { name: 'get by id', calls: 200, turns: 15 },
  { name: 'update one', calls: 100, turns: 15 },
  { name: '10 rows', calls: 50, turns: 15, rows: 10 },
  { name: '1,000 rows', calls: 10, turns: 20, rows: 1_000 },
  { name: '10,000 rows', calls: 1, turns: 7, rows: 10_000 },
  { name: 'filter, order, limit', calls: 5, turns: 10, rows: FOUND.limit },
  { name: '50 with links', calls: 20, turns: 15, rows: TEAMS },
  { name: '50 with lists', calls: 10, turns: 15, rows: TEAMS },
  { name: 'insert 10,000', calls: 1, turns: 9 },
]

/** What is measured over a network, where the size of a row matters less. */
export const REMOTE_CASES: readonly Case[] = CASES.filter(({ name }) => name !== '10,000 rows')

/** How many calls are under way at a time. */
export const AT_A_TIME: readonly number[] = [1, 16, 64]

/** Calls of one turn, and turns, where calls per second are counted. */
export const RUSH = { calls: 320, turns: 7 }

/** Who is compared. */
export interface Contender {
  readonly name: string
  /** The cases it knows. */
  readonly cases: readonly string[]
  /** Runs the calls of one turn, one after the other; milliseconds of each. */
  turn(name: string, calls: number): Promise<readonly number[]>
  /** Gets so many records by id, so many at a time; milliseconds of all. */
  rush(calls: number, atATime: number): Promise<number>
  close(): Promise<void>
}
