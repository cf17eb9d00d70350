import type { Field } from '../fields/field.js'
import type { IndexKindOptions } from '../fields/index-options.js'
import {
  EACH_ELEMENT,
  type DefineIndexStatement,
  type IndexKind,
  type PathStep,
} from '../surrealql/nodes/define-statement.js'
import { checkedName, invalidModel } from './definition-parts.js'
import { indexKind } from './index-kind.js'
import type { ModelMeta } from './model-meta.js'
import { resolvePath } from './resolve-path.js'
import { tableModels } from './table-models.js'
import { isQuoted } from '../surrealql/quoted-names.js'
import type { IndexOptions } from './table-options.js'

/** The statements that define the indexes of a table; those that a model inherits are those of the one it extends. */
export function defineIndexes(meta: ModelMeta, keep: boolean): readonly DefineIndexStatement[] {
  const all = tableModels(meta).flatMap((model) => defineModelIndexes(model, keep))
  return [...new Map(all.map((index) => [index.name, index])).values()]
}

/** Those of single fields, then the others in their order. */
function defineModelIndexes(meta: ModelMeta, keep: boolean): readonly DefineIndexStatement[] {
  const single = meta.bindings.flatMap(({ column, field }) => ownIndexes(meta, [column], field))
  const all = [...single, ...(meta.options.indexes ?? []).map((index) => defineIndex(meta, index))]
  const names = new Set<string>()
  for (const { name } of all) {
    if (names.has(name)) throw invalidModel(`${meta.name} has two indexes called "${name}"; give one another name.`)
    names.add(name)
  }
  return all.map((statement) => ({ ...statement, keep }))
}

/** Every index that a model's own options describe, with what is to be said of it. */
export function indexesOf(meta: ModelMeta): readonly IndexKindOptions[] {
  const single = meta.bindings.flatMap(({ field }) => ownOptions(field))
  return [...single, ...(meta.options.indexes ?? [])]
}

/** What the options of a field, and of those inside of it, ask for. */
function ownOptions(field: Field): readonly IndexKindOptions[] {
  const own = fieldIndex(field)
  return [...(own ? [own] : []), ...field.parts().flatMap((part) => ownOptions(part.field))]
}

function ownIndexes(meta: ModelMeta, path: readonly PathStep[], field: Field): readonly DefineIndexStatement[] {
  const options = fieldIndex(field)
  const own = options ? [toStatement(meta, options, [{ path, field }])] : []
  return [...own, ...field.parts().flatMap((part) => ownIndexes(meta, [...path, part.step], part.field))]
}

function fieldIndex({ options: { unique, index } }: Field): IndexKindOptions | undefined {
  if (!unique && !index) return undefined
  return { ...(typeof index === 'object' && index), ...(unique && { unique }) }
}

interface IndexedField {
  readonly path: readonly PathStep[]
  readonly field: Field
}

function defineIndex(meta: ModelMeta, index: IndexOptions): DefineIndexStatement {
  const fields = (index.fields ?? []).map((name) => resolvePath(meta, name) ?? unknownField(meta, name))
  return toStatement(meta, index, fields)
}

function toStatement(
  meta: ModelMeta,
  options: IndexKindOptions,
  fields: readonly IndexedField[],
): DefineIndexStatement {
  const index = checkedKind(meta, options, fields)
  const words = fields.flatMap(({ path }) => path.filter((step) => typeof step === 'string'))
  const suffix = index.kind === 'plain' ? 'index' : index.kind.toLowerCase()
  const name = options.name ?? [meta.table, ...words, suffix].join('_')
  return {
    kind: 'define-index',
    table: meta.table,
    name: checkedName(name, `An index of ${meta.name}`),
    fields: fields.map((field) => checkedPath(meta, field, indexedPath(field, index, fields.length))),
    index,
    concurrently: options.concurrently,
    comment: options.comment,
  }
}

/** A list alone is indexed by its elements: only then the database finds the records whose list contains a value. */
function indexedPath({ path, field }: IndexedField, { kind }: IndexKind, count: number): readonly PathStep[] {
  const isList = field.element !== undefined && count === 1 && (kind === 'plain' || kind === 'unique')
  return isList && path.at(-1) !== EACH_ELEMENT ? [...path, EACH_ELEMENT] : path
}

/**
 * The engine looks for what an index is over, and finds nothing under a name that has to be quoted where the items of a list
 * have no definition of their own.
 */
function checkedPath(meta: ModelMeta, { field }: IndexedField, path: readonly PathStep[]): readonly PathStep[] {
  const [name] = path
  const isOfUndefined = /^(?:array|set)<any(?:, \d+)?>$/.test(field.typeExpression()) && field.parts().length === 0
  if (
    meta.options.schema !== 'full' ||
    !(typeof name === 'string' && isQuoted(name)) ||
    path.at(-1) !== EACH_ELEMENT ||
    !isOfUndefined
  )
    return path
  throw invalidModel(
    `An index of ${meta.name} is over the items of "${name}", which may be of any kind; the database does not find them under a name that has to be quoted. Give the field another dbField, or a ListField(AnyField()) in its place.`,
  )
}

function checkedKind(meta: ModelMeta, options: IndexKindOptions, fields: readonly IndexedField[]): IndexKind {
  const where = `An index of ${meta.name}`
  const index = indexKind(options, where)
  if (index.kind === 'count') {
    if (fields.length > 0) throw invalidModel(`${where} counts records, and so has no fields.`)
    return index
  }
  if (fields.length === 0) throw invalidModel(`${where} has no fields.`)
  if (index.kind !== 'plain' && index.kind !== 'unique' && fields.length > 1) {
    throw invalidModel(`${where} is ${index.kind.toLowerCase()}, which is of one field only.`)
  }
  if (fields.some(({ field }) => field.isComputed)) {
    throw invalidModel(`${where} is over a computed field, which the database cannot do.`)
  }
  return index
}

/** Refuses an index over what is no field; what is inside of other classes is looked up once they are there. */
export function checkIndexes(meta: ModelMeta): void {
  for (const index of meta.options.indexes ?? []) {
    indexKind(index, `An index of ${meta.name}`)
    for (const name of index.fields ?? []) if (!meta.binding(name.split('__')[0]!)) unknownField(meta, name)
  }
}

function unknownField(meta: ModelMeta, name: string): never {
  throw invalidModel(`An index of ${meta.name} names "${name}", which is no field of it.`)
}
