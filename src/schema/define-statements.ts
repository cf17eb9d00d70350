import { Analyzer } from './analyzer.js'
import { defineEvents, defineTable } from './define-table.js'
import { defineFields } from './define-fields.js'
import { defineIndexes, indexesOf } from './define-indexes.js'
import { DefinedObject } from './defined-object.js'
import { invalidDefinition } from './definition-parts.js'
import type { ModelMeta } from './model-meta.js'
import { Sequence } from './sequence.js'
import { tableModels } from './table-models.js'
import type { Field } from '../fields/field.js'
import type { DefineObjectStatement, DefineStatement } from '../surrealql/nodes/define-statement.js'

/** Everything a database can be told to have. */
export type Definable = ModelMeta | DefinedObject

/** How definitions are applied. */
export interface DefineOptions {
  /**
   * What has a state of its own is replaced too: indexes and views are built anew, sequences begin again where the server
   * lets them, and the tokens of an access with a key of its own lose their worth. Default: false, and then what is there
   * under that name stays as it is.
   */
  readonly overwrite?: boolean
}

/** What needs nothing else first, then what needs it. */
const ORDER: readonly DefineObjectStatement['kind'][] = [
  'define-function',
  'define-parameter',
  'define-analyzer',
  'define-sequence',
  'define-access',
]

/** The statements that define all of it, in an order in which they can be carried out; they may be run again. */
export function defineStatements(
  definables: readonly Definable[],
  { overwrite = false }: DefineOptions = {},
): readonly DefineStatement[] {
  const given = definables.filter((each): each is ModelMeta => !(each instanceof DefinedObject))
  // several models may share a table
  const models = [...new Set(given.map((meta) => tableModels(meta)[0]!))]
  const objects = objectsOf(definables, models).map((object) => object.statement(!overwrite))
  const tables = models.filter(({ options }) => options.view === undefined)
  const views = models.filter(({ options }) => options.view !== undefined)
  const indexes = (meta: ModelMeta): readonly DefineStatement[] => defineIndexes(meta, !overwrite)
  return [
    ...ORDER.flatMap((kind) => objects.filter((statement) => statement.kind === kind)),
    ...tables.map((meta) => defineTable(meta, false)),
    ...tables.flatMap((meta) => defineFields(meta)),
    ...tables.flatMap(indexes),
    ...views.flatMap((meta) => defineView(meta, overwrite)),
    ...views.flatMap(indexes),
    ...models.flatMap((meta) => defineEvents(meta)),
  ]
}

/** The database cannot replace a view that groups: it has to go first. */
function defineView(meta: ModelMeta, overwrite: boolean): readonly DefineStatement[] {
  const define = defineTable(meta, true)
  return overwrite ? [{ kind: 'remove-table', table: meta.table }, define] : [define]
}

/** What was given, and what the models name. Two different ones cannot have one name. */
function objectsOf(definables: readonly Definable[], models: readonly ModelMeta[]): readonly DefinedObject[] {
  const given = definables.filter((each) => each instanceof DefinedObject)
  const byName = new Map<string, DefinedObject>()
  for (const object of [...given, ...models.flatMap(analyzersOf)]) add(byName, object)
  // a sequence that a field names is described in full by the one that was given
  for (const name of models.flatMap(sequencesOf)) {
    if (!byName.has(keyOf('define-sequence', name))) add(byName, new Sequence(name))
  }
  return [...byName.values()]
}

function add(byName: Map<string, DefinedObject>, object: DefinedObject): void {
  const key = keyOf(object.statement(true).kind, object.name)
  const other = byName.get(key)
  if (other && other !== object) {
    throw invalidDefinition(`Two different definitions are called "${object.name}"; give one another name.`)
  }
  byName.set(key, object)
}

function keyOf(kind: string, name: string): string {
  return `${kind} ${name}`
}

function analyzersOf(meta: ModelMeta): readonly DefinedObject[] {
  const named = indexesOf(meta).map(({ fulltext }) => fulltext?.analyzer)
  return named.filter((analyzer) => analyzer instanceof Analyzer)
}

function sequencesOf(meta: ModelMeta): readonly string[] {
  const within = (field: Field): readonly string[] => [
    ...(field.sequence ? [field.sequence.name] : []),
    ...field.parts().flatMap((part) => within(part.field)),
  ]
  return meta.bindings.flatMap(({ field }) => within(field))
}
