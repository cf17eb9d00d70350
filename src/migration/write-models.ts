import { readFieldTree, unescapeName, type FieldNode } from './field-tree.js'
import type { Definitions } from './schema-info.js'
import {
  definitionOf,
  type EventStructure,
  type InspectedDatabase,
  type InspectedTable,
  type TableStructure,
} from './schema-structure.js'
import { SourceFile } from './source-file.js'
import { call, expression, linkTo, list, object, quoted, text, type Source, type SourceEntry } from './source-text.js'
import {
  arePermissionsUsable,
  expressionOption,
  flagOption,
  insideOfBlock,
  isUsable,
  permissionsOption,
  textOption,
} from './write-expression.js'
import { pathKey, readPath } from './field-path.js'
import { referenceProperty } from './write-computed.js'
import { writeFields, type FieldsOfTable, type WrittenPath } from './write-field.js'
import { writeIndexes } from './write-indexes.js'
import { alternativesOf, isOnlyTyped } from './read-type.js'
import { OBJECT_KINDS, writeObjects, type WrittenObject } from './write-objects.js'

/** The TypeScript source of models that define what a database has. */
export function writeModels({ structure, definitions, tables }: InspectedDatabase): string {
  const file = new SourceFile()
  const classes = new Map(structure.tables.map(({ name }) => [name, file.names.classFor(name)]))
  const modelFor = (table: string): string | undefined => classes.get(table)
  const referenceFor = (table: string, column: string): string | undefined => {
    const found = tables.find((each) => each.structure.name === table)
    return referenceProperty(found?.parts.fields ?? [], column, modelFor)
  }
  // an index names its analyzer at once, and the others need the models at most when they are used
  const analyzers = writeObjects(file, structure, { kinds: ['analyzers'], modelFor })
  for (const table of tables) {
    const definition = definitionOf(definitions, 'tables', table.structure.name)
    writeModel(file, { ...table, definition, modelFor, referenceFor, analyzers })
  }
  const kinds = OBJECT_KINDS.filter((kind) => kind !== 'analyzers')
  const objects = [...analyzers, ...writeObjects(file, structure, { kinds, modelFor })]
  file.addLeftOut(otherDefinitions(definitions, objects))
  return file.toString()
}

/** What belongs to the database as a whole, and was not written: users are nobody's business. */
function otherDefinitions(definitions: Definitions, objects: readonly WrittenObject[]): readonly string[] {
  const known: readonly string[] = [...OBJECT_KINDS, 'tables', 'users']
  const unsaid = objects.filter(({ constant }) => constant === undefined)
  const others = Object.entries(definitions).filter(([kind]) => !known.includes(kind))
  return [
    ...unsaid.map(({ kind, name }) => definitionOf(definitions, kind, name)),
    ...others.flatMap(([, named]) => Object.values(named)),
  ]
}

interface TableToWrite extends InspectedTable {
  readonly definition: string
  readonly modelFor: (table: string) => string | undefined
  readonly referenceFor: (table: string, column: string) => string | undefined
  readonly analyzers: readonly WrittenObject[]
}

function writeModel(file: SourceFile, to: TableToWrite): void {
  const { structure: table, definitions, parts, modelFor } = to
  const name = modelFor(table.name)!
  const isRelation = table.kind.kind === 'RELATION'
  const ends = isRelation ? relationEnds(to) : undefined
  const fields = fieldsOf(file, to)
  const tree = readFieldTree(Object.fromEntries(parts.fields.map((field) => [field.name, field.name])))
  const own = new Map([...tree].filter(([column]) => !isRelation || (column !== 'in' && column !== 'out')))
  // a view has the fields that its SELECT gives
  const properties = table.view === undefined ? writeFields(fields, own, { name, path: [], prefix: '' }) : []
  const unsaid =
    table.view === undefined
      ? unsaidEnds(to)
      : parts.fields.map((field) => definitionOf(definitions, 'fields', field.name))
  const knowsUnknown = needsUnknown(to, tree)
  const indexes = writeIndexes(parts.indexes, {
    table: table.name,
    written: isRelation ? withEnds(fields.written) : fields.written,
    analyzerFor: (analyzer) => to.analyzers.find((each) => each.name === analyzer)?.constant,
    knowsUnknown,
  })
  const events = parts.events.map((event) => [event.name, writeEvent(event)] as const)
  const options = [
    ...tableOptions(to, ends),
    ...(knowsUnknown ? textOption('unknownFields', 'keep') : []),
    ...listOption('indexes', indexes.options),
    ...listOption(
      'events',
      events.flatMap(([, event]) => (event ? [event] : [])),
    ),
  ]
  const leftOutEvents = events.flatMap(([event, written]) => (written ? [] : [event]))
  file.addClass({
    leftOut: [
      ...(isTableSayable(to, ends) ? [] : [to.definition]),
      ...unsaid,
      ...indexes.leftOut.map((index) => definitionOf(definitions, 'indexes', index)),
      ...leftOutEvents.map((event) => definitionOf(definitions, 'events', event)),
    ],
    decorator: call('Collection', [quoted(table.name), ...(options.length > 0 ? [object(options)] : [])]),
    name,
    base: ends ? `RelationDocument<${[name, ...ends.types].join(', ')}>()` : `Document<${name}>()`,
    properties,
  })
}

function fieldsOf(
  file: SourceFile,
  { structure: table, definitions, parts, modelFor, referenceFor }: TableToWrite,
): FieldsOfTable {
  return {
    file,
    modelFor,
    referenceFor,
    isSchemaless: !table.schemafull,
    structures: new Map(parts.fields.map((field) => [field.name, field])),
    definitionOf: (path) => definitionOf(definitions, 'fields', path),
    written: new Map(),
  }
}

/** What the records of a relation connect. */
interface RelationEndsSource {
  readonly options: readonly SourceEntry[]
  /** Of the base class. */
  readonly types: readonly string[]
  /** Whether all tables at the ends have models. */
  readonly isComplete: boolean
}

function relationEnds({ structure: { kind }, modelFor }: TableToWrite): RelationEndsSource {
  const models = (tables: readonly string[] = []): readonly string[] | undefined => {
    const found = tables.map(modelFor)
    return found.every((model) => model !== undefined) ? found : undefined
  }
  const [from, to] = [models(kind.in), models(kind.out)]
  const option = (name: string, all: readonly string[] = []): readonly SourceEntry[] =>
    all.length === 0 ? [] : [[name, linkTo(all)]]
  const type = (all: readonly string[] = []): string => (all.length === 0 ? 'object' : all.join(' | '))
  const types = [type(from), type(to)]
  return {
    options: [...option('in', from), ...option('out', to), ...flagOption('enforced', kind.enforced)],
    types: types[1] !== 'object' ? types : types[0] !== 'object' ? types.slice(0, 1) : [],
    isComplete: from !== undefined && to !== undefined,
  }
}

/** The definitions of the ends of a relation where they say more than the relation does. */
function unsaidEnds({ structure: { kind }, definitions, parts }: TableToWrite): readonly string[] {
  if (kind.kind !== 'RELATION') return []
  return (['in', 'out'] as const).flatMap((end) => {
    const field = parts.fields.find(({ name }) => name === end)
    const tables = (kind[end] ?? []).join(' | ')
    const found = field?.kind === undefined ? undefined : linkedTables(field.kind)?.join(' | ')
    const isImplied = field === undefined || (found === tables && isOnlyTyped(field))
    return isImplied ? [] : [definitionOf(definitions, 'fields', end)]
  })
}

/** The tables of `record<a | b>`; undefined for any other type. */
function linkedTables(type: string): readonly string[] | undefined {
  const [, tables] = /^record(?:<(.*)>)?$/s.exec(type) ?? [undefined, undefined]
  if (type === 'record') return []
  return tables === undefined ? undefined : alternativesOf(tables).map(unescapeName)
}

/** An index may be of the ends of a relation, which are written by the relation itself. */
function withEnds(written: ReadonlyMap<string, WrittenPath>): ReadonlyMap<string, WrittenPath> {
  const ends = ['in', 'out'].map(
    (name) => [pathKey([{ column: name }]), { name, field: undefined, takesIndex: false }] as const,
  )
  return new Map([...written, ...ends])
}

/** A table without a schema may have an index of a key that is no field of it. */
function needsUnknown({ structure: table, parts }: TableToWrite, tree: ReadonlyMap<string, FieldNode>): boolean {
  if (table.schemafull) return false
  // its SELECT says what a view has
  if (table.view !== undefined) return true
  const isUnknown = (column: string): boolean => {
    const path = readPath(column)
    const [step] = path ?? []
    return path?.length === 1 && step !== undefined && step !== '*' && step.column !== 'id' && !tree.has(step.column)
  }
  return parts.indexes.some(({ cols }) => cols.some(isUnknown))
}

function tableOptions(
  { structure: table }: TableToWrite,
  ends: RelationEndsSource | undefined,
): readonly SourceEntry[] {
  const { kind, view, permissions } = table
  const type = ends
    ? ends.options.some(([key]) => key === 'in' || key === 'out')
      ? undefined
      : 'relation'
    : kind.kind.toLowerCase()
  return [
    ...(table.schemafull && view === undefined ? textOption('schema', 'full') : []),
    ...(type === 'normal' ? [] : textOption('type', type)),
    ...(ends?.options ?? []),
    ...flagOption('drop', table.drop && view === undefined),
    ...changefeedOption(table),
    ...(view === undefined || !isUsable(selectOf(view)) ? [] : expressionOption('view', selectOf(view))),
    ...(arePermissionsUsable(permissions) ? permissionsOption(permissions, false) : []),
    ...textOption('comment', table.comment),
  ]
}

function selectOf(view: string): string {
  return view.replace(/^AS /, '')
}

function changefeedOption({ changefeed }: TableStructure): readonly SourceEntry[] {
  if (!changefeed) return []
  const expiry = quoted(String(changefeed.expiry))
  if (!changefeed.original) return [['changefeed', expiry]]
  return [['changefeed', object([['expiry', expiry], ...flagOption('includeOriginal', true)])]]
}

/** Whether the options say all of a table's definition. */
function isTableSayable({ structure: table }: TableToWrite, ends: RelationEndsSource | undefined): boolean {
  const { view, permissions } = table
  if (!arePermissionsUsable(permissions) || (ends && !ends.isComplete)) return false
  return view === undefined || (isUsable(selectOf(view)) && !ends && !table.schemafull && !table.drop)
}

function writeEvent({ name, when, then, comment, ...event }: EventStructure): Source | undefined {
  const body = then.length === 1 ? insideOfBlock(then[0]!) : undefined
  if (!isUsable(when) || !then.every((part) => isUsable(part))) return undefined
  return object([
    ...textOption('name', name),
    ...(when === 'true' ? [] : expressionOption('when', when)),
    ['then', body === undefined ? list(then.map(expression)) : expression(body)],
    ...asynchronousOption(event),
    ...textOption('comment', comment),
  ])
}

/** How often and how deep, where that is not what the server does anyway. */
function asynchronousOption({
  async: isAsynchronous,
  retry,
  maxdepth,
}: Partial<EventStructure>): readonly SourceEntry[] {
  if (!isAsynchronous) return []
  const limits: SourceEntry[] = [
    ...(retry === undefined || retry === 1 ? [] : [['retry', text(String(retry))] as const]),
    ...(maxdepth === undefined || maxdepth === 3 ? [] : [['maxDepth', text(String(maxdepth))] as const]),
  ]
  return limits.length === 0 ? flagOption('asynchronous', true) : [['asynchronous', object(limits)]]
}

function listOption(name: string, items: readonly Source[]): readonly SourceEntry[] {
  return items.length > 0 ? [[name, list(items)]] : []
}
