import { randomUUID } from 'node:crypto'
import type { Tables } from '../../surrealql/compiled-query.js'

/**
 * How often this process has written the tables of one database server or store. A result belongs to the versions that its
 * tables had when it was asked for, so that nobody has to look for what a write makes old: it is never asked for again.
 */
export class TableVersions {
  readonly #tables = new Map<string, number>()
  readonly #tags = new Map<string, number>()
  /** Writes of any table. */
  #any = 0
  /** Writes that may have been to any table. */
  #all = 0

  written(tables: Tables): void {
    if (tables !== 'all' && tables.size === 0) return
    this.#any += 1
    if (tables === 'all') this.#all += 1
    else for (const table of tables) raise(this.#tables, table)
  }

  /** What belongs to a tag is old. */
  outdated(tag: string): void {
    raise(this.#tags, tag)
  }

  /** The versions that a result of these tables belongs to. */
  of(tables: Tables, tag: string | undefined): string {
    const tagged = tag === undefined ? null : [tag, this.#tags.get(tag) ?? 0]
    if (tables === 'all') return JSON.stringify([PROCESS, tagged, this.#any])
    const versions = [...tables].sort().map((table) => [table, this.#tables.get(table) ?? 0])
    return JSON.stringify([PROCESS, tagged, this.#all, versions])
  }
}

/** A store may outlive the process, and be that of several: nobody counts their writes together. */
const PROCESS = randomUUID()

function raise(versions: Map<string, number>, name: string): void {
  versions.set(name, (versions.get(name) ?? 0) + 1)
}

const shared = new Map<string, TableVersions>()

/** Those of all connections of this process to the same place: a write of one is seen by the others. */
export function versionsOf(place: string): TableVersions {
  const versions = shared.get(place) ?? new TableVersions()
  shared.set(place, versions)
  return versions
}
