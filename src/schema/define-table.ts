import { linkedStructure } from '../fields/structure.js'
import type { CompiledQuery } from '../surrealql/compiled-query.js'
import type {
  Changefeed,
  DefineEventStatement,
  DefineTableStatement,
  RelationEnds,
} from '../surrealql/nodes/define-statement.js'
import { checkedName, durationText, invalidModel, permissionsOf, wholeNumber } from './definition-parts.js'
import type { ModelMeta } from './model-meta.js'
import type { EventOptions, TableLink } from './table-options.js'

const TABLE_ACTIONS = ['select', 'create', 'update', 'delete'] as const

/** The statement that defines a model's table. */
export function defineTable(meta: ModelMeta, keep: boolean): DefineTableStatement {
  const { options, table } = meta
  return {
    kind: 'define-table',
    table,
    schema: options.schema ?? 'less',
    type: meta.isRelation ? relationEnds(meta) : (options.type as 'normal' | 'any' | undefined),
    drop: options.drop,
    changefeed: changefeed(meta),
    view: viewOf(meta),
    permissions: permissionsOf(options.permissions, TABLE_ACTIONS, false),
    comment: options.comment,
    keep,
  }
}

function relationEnds(meta: ModelMeta): RelationEnds {
  const { in: from, out: to, enforced = false } = meta.options
  return { in: linkedTables(meta, from), out: linkedTables(meta, to), enforced }
}

function linkedTables(meta: ModelMeta, link: TableLink | undefined): readonly string[] {
  if (!link) return []
  const models = [link()].flat()
  if (models.length === 0) throw invalidModel(`${meta.name} is a relation that names no model at one end.`)
  return models.map((model) => {
    const { table, name } = linkedStructure(() => model, `The relation ${meta.name}`)
    return table ?? noTable(meta, name)
  })
}

function noTable(meta: ModelMeta, name: string): never {
  throw invalidModel(`The relation ${meta.name} points at ${name}, which has no table of its own.`)
}

function changefeed({ name, options: { changefeed: given } }: ModelMeta): Changefeed | undefined {
  if (given === undefined) return undefined
  const { expiry, includeOriginal = false } = typeof given === 'object' && 'expiry' in given ? given : { expiry: given }
  return { expiry: durationText(expiry, `The changefeed of ${name}`), includeOriginal }
}

function viewOf({ options: { view } }: ModelMeta): CompiledQuery | undefined {
  const source = typeof view === 'function' ? view() : view
  return source && 'toView' in source ? source.toView() : source
}

/** The statements that define what happens when a record of the model is written. */
export function defineEvents(meta: ModelMeta): readonly DefineEventStatement[] {
  return (meta.options.events ?? []).map((event) => defineEvent(meta, event))
}

function defineEvent(meta: ModelMeta, event: EventOptions): DefineEventStatement {
  const name = checkedName(event.name, `An event of ${meta.name}`)
  const { asynchronous, when, then, comment } = event
  if (!('query' in then) && then.length === 0)
    throw invalidModel(`The event ${name} of ${meta.name} does nothing; give then an expression.`)
  const limits = typeof asynchronous === 'object' ? asynchronous : {}
  const limit = (what: 'retry' | 'maxDepth'): number | undefined =>
    limits[what] === undefined ? undefined : wholeNumber(limits[what], `${what} of the event ${name}`, 0)
  return {
    kind: 'define-event',
    table: meta.table,
    name,
    when,
    then,
    asynchronous: asynchronous ? { retry: limit('retry'), maxDepth: limit('maxDepth') } : undefined,
    comment,
  }
}

/** Refuses what a table cannot be. */
export function checkTableOptions(meta: ModelMeta): void {
  const { name, options } = meta
  const conflict = (what: string): never => {
    throw invalidModel(`${name}: ${what}.`)
  }
  if (meta.isRelation && options.type !== undefined && options.type !== 'relation')
    conflict(`in and out make a relation, and the type says ${options.type}`)
  if (options.enforced !== undefined && !meta.isRelation) conflict('enforced is for relations; give in and out')
  if (options.view !== undefined && (meta.isRelation || options.schema === 'full' || options.drop))
    conflict('a view takes no records of its own; drop schema, drop, in and out')
  const names = (options.events ?? []).map((event) => event.name)
  if (new Set(names).size < names.length) conflict('two events have one name')
  // their texts are checked when they are written
  defineEvents(meta)
  changefeed(meta)
}
