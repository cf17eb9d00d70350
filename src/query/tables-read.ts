import type { Field } from '../fields/field.js'
import type { FieldBinding, Structure } from '../fields/structure.js'
import { looksElsewhere } from '../schema/looks-elsewhere.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { findTableModel } from '../schema/model-registry.js'
import { tableModels } from '../schema/table-models.js'
import { joinTables, type Tables } from '../surrealql/compiled-query.js'
import type { SelectStatement } from '../surrealql/nodes/select-statement.js'
import { isPlainObject, RecordId, RecordIdRange } from '../values.js'

/**
 * The tables that a SELECT reads: those it selects from, and those of the links it follows. Rather one too many than one too
 * few: a link counts as followed wherever a path, or a function, might go on behind it.
 */
export function tablesRead(statement: SelectStatement): Tables {
  const names = new PathNames()
  names.collect(statement)
  const found = new Set<string>()
  const waiting = [...names.tables]
  for (let table = waiting.pop(); table !== undefined; table = waiting.pop()) {
    if (found.has(table)) continue
    found.add(table)
    const meta = findTableModel(table)
    const linked = meta ? tablesBehind(meta, names) : names.isOnlyWhole()
    if (linked === 'all') return 'all'
    waiting.push(...linked)
  }
  return names.isKnown(found) ? found : 'all'
}

/** The tables that the links of a table lead to, as far as they are followed. */
function tablesBehind(meta: ModelMeta, names: PathNames): Tables {
  const models = tableModels(meta)
  if (models.some(looksElsewhere)) return 'all'
  const fields = models.flatMap(fieldsOf).filter(({ column }) => names.isFollowed(column))
  return joinTables(fields.map(({ field }) => tablesOf(field)))
}

function tablesOf(field: Field): Tables {
  if (field.linked.length > 0) return new Set(field.linked.flatMap(({ table }) => table ?? []))
  // what is in it is asked by the names of its own fields
  const isKnown = !field.isFlexible && structuresIn(field).some(({ bindings }) => bindings.length > 0)
  return isKnown || !MAY_HOLD_LINKS.test(field.databaseType()) ? new Set() : 'all'
}

const MAY_HOLD_LINKS = /\b(any|object|record)\b/

/** Every field of a model, those inside of objects and lists too. */
function fieldsOf(meta: ModelMeta): readonly FieldBinding[] {
  let fields = known.get(meta)
  if (!fields) known.set(meta, (fields = [...fieldsInside(meta, new Set())]))
  return fields
}

const known = new WeakMap<ModelMeta, readonly FieldBinding[]>()

type Fields = Pick<Structure, 'bindings'>

function* fieldsInside(structure: Fields, seen: Set<Fields>): Generator<FieldBinding> {
  if (seen.has(structure)) return
  seen.add(structure)
  for (const binding of structure.bindings) {
    yield binding
    for (const inner of structuresIn(binding.field)) yield* fieldsInside(inner, seen)
  }
}

function structuresIn(field: Field): readonly Fields[] {
  if (field.isLink) return []
  const inside = [...(field.structure ? [field.structure] : []), ...field.embedded] as readonly object[]
  return [...(inside as readonly Fields[]), ...(field.element ? structuresIn(field.element) : [])]
}

/** What a statement names, wherever in it. */
class PathNames {
  /** What is selected from. */
  readonly tables = new Set<string>()
  /** Names that a path goes on behind. */
  readonly #inside = new Set<string>()
  /** Names at the end of paths whose values are given to something that may go on. */
  readonly #given = new Set<string>()
  #isUnknown = false

  isFollowed(column: string): boolean {
    return this.#inside.has(column) || this.#given.has(column)
  }

  /** Without a model nothing is known of what a path leads through. */
  isOnlyWhole(): Tables {
    return this.#inside.size === 0 ? new Set() : 'all'
  }

  /** Whether every name that a path goes on behind is a field of one of the tables. */
  isKnown(tables: ReadonlySet<string>): boolean {
    if (this.#isUnknown) return false
    if (this.#inside.size === 0) return true
    const models = [...tables].flatMap((table) => findTableModel(table) ?? []).flatMap(tableModels)
    const columns = new Set(models.flatMap(fieldsOf).map(({ column }) => column))
    return [...this.#inside].every((name) => columns.has(name))
  }

  /** `isGiven`: the value of the node is given to something that may look into it. */
  collect(node: unknown, isGiven = false): void {
    if (Array.isArray(node)) for (const part of node) this.collect(part, isGiven)
    else if (isPlainObject(node)) this.#collectNode(node, isGiven)
  }

  #collectNode(node: Readonly<Record<string, unknown>>, isGiven: boolean): void {
    switch (node['kind']) {
      case 'value':
        return
      case 'select':
        return this.#select(node)
      case 'table':
        this.tables.add(String(node['table']))
        return
      case 'edges':
        this.tables.add(String(node['table']))
        return
      case 'records':
        return this.#records(node['records'])
      case 'member':
        return this.collect(node['of'], true)
      case 'filtered':
        this.collect(node['list'], true)
        return this.collect(node['condition'])
      case 'call':
        return this.collect(node['arguments'], true)
      default:
        this.#collectParts(node, isGiven)
    }
  }

  /** A projection to one value is called the same as a bound value. */
  #select({ projection, ...clauses }: Readonly<Record<string, unknown>>): void {
    if (isPlainObject(projection)) this.#collectParts(projection, false)
    this.#collectParts(clauses, false)
  }

  #collectParts({ path, fetch, split, groupBy, ...parts }: Readonly<Record<string, unknown>>, isGiven: boolean): void {
    if (path) this.#path(path as readonly unknown[], isGiven)
    if (Array.isArray(fetch)) for (const each of fetch) this.#path(each as readonly unknown[], true)
    for (const paths of [split, groupBy]) {
      if (Array.isArray(paths)) for (const each of paths) this.#path(each as readonly unknown[], false)
    }
    // what a condition or a list says of a value is as good as the value
    for (const part of Object.values(parts)) this.collect(part, isGiven)
  }

  #path(path: readonly unknown[], isGiven: boolean): void {
    const names = path.filter((step) => typeof step === 'string')
    const last = typeof path.at(-1) === 'string' ? names.pop() : undefined
    for (const name of names) this.#inside.add(name)
    if (last !== undefined && isGiven) this.#given.add(last)
  }

  #records(records: unknown): void {
    for (const record of [records].flat()) {
      const table = tableOf(record)
      if (table === undefined) this.#isUnknown = true
      else this.tables.add(table)
    }
  }
}

/** Of a record id, or of a range of them. */
export function tableOf(record: unknown): string | undefined {
  if (record instanceof RecordId) return (record as RecordId).table.name
  return record instanceof RecordIdRange ? (record as RecordIdRange).table.name : undefined
}
