import type { Field } from '../fields/field.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { allModels, findTableModel, foundOnce } from '../schema/model-registry.js'
import { tableModels } from '../schema/table-models.js'
import { joinTables, type Tables } from '../surrealql/compiled-query.js'
import type { Target } from '../surrealql/nodes/select-statement.js'
import type { Statement } from '../surrealql/nodes/statement.js'
import { tableOf } from './tables-read.js'

/** The tables that statements write, by themselves and by what the database does then. */
export function tablesWritten(statements: readonly Statement[]): Tables {
  return joinTables(statements.map(writtenBy))
}

const NONE: Tables = new Set()

function writtenBy(statement: Statement): Tables {
  const { kind } = statement
  if (kind === 'select' || kind === 'live') return NONE
  if (kind === 'insert') return changedWith(statement.table)
  if (kind === 'create' || kind === 'update') return joinKnown(tablesIn(statement.target), changedWith)
  if (kind === 'delete') return joinKnown(tablesIn(statement.target), deletedWith)
  // a text, a function, or a definition may do anything
  return 'all'
}

function joinKnown(tables: readonly string[] | undefined, of: (table: string) => Tables): Tables {
  return tables ? joinTables([...new Set(tables)].map(of)) : 'all'
}

function tablesIn(target: Target): readonly string[] | undefined {
  switch (target.kind) {
    case 'table':
    case 'edges':
      return [target.table]
    case 'records': {
      const records = [target.records].flat() as readonly unknown[]
      const known = records.flatMap((record) => tableOf(record) ?? [])
      return known.length === records.length ? known : undefined
    }
    case 'select':
    case 'called':
      return tablesIn(target.select.from)
    case 'fused':
      return target.selects.flatMap((select) => tablesIn(select.from) ?? [])
    default:
      return target satisfies never
  }
}

// every write asks, also where nothing is cached, and the answer goes through the fields of all models
const changedWith = foundOnce((table): Tables => withEvents([table]))
const deletedWith = foundOnce((table): Tables => withEvents(withDependents(table)))

/** Where something happens by itself, it may be anything. */
function withEvents(tables: readonly string[]): Tables {
  if (tables.some((table) => modelsOf(table).some(hasEvents))) return 'all'
  return new Set(tables)
}

function modelsOf(table: string): readonly ModelMeta[] {
  const meta = findTableModel(table)
  return meta ? tableModels(meta) : []
}

function hasEvents({ options }: ModelMeta): boolean {
  return (options.events ?? []).length > 0
}

/** The records that go, or lose a link, with those of this table: edges, and what has an `onDelete`. */
function withDependents(table: string): readonly string[] {
  const found = new Set([table])
  const models = allModels()
  // a set goes on with what is added meanwhile
  for (const each of found) {
    for (const model of models) if (dependsOn(model, each)) found.add(model.table)
  }
  return [...found]
}

function dependsOn({ bindings, isRelation }: ModelMeta, table: string): boolean {
  return bindings.some(({ column, field }) => {
    const isEnd = isRelation && (column === 'in' || column === 'out')
    return (isEnd || field.onDelete !== undefined) && mayLinkTo(field, table)
  })
}

function mayLinkTo({ linked }: Field, table: string): boolean {
  return linked.length === 0 || linked.some((structure) => structure.table === table)
}
