import {
  Analyzer,
  DateTimeField,
  DictField,
  EmbeddedField,
  Embeddable,
  EmbeddedDocument,
  IntField,
  ListField,
  PointField,
  RecordId,
  ReferenceField,
  StringField,
  VectorField,
  type ModelClass,
} from '../../../src/index.js'
import { modelOf, type AnyDocument } from '../fields/model-of.js'
import { Recorder } from './recorder.js'

/** The methods of querysets, expressions and drivers that take names or values; without types, as JavaScript has them. */
type Method =
  | 'filter exclude where orderBy values pluck only omit split distinct search nearest hybrid orderByDistance annotate'
  | 'fetch prefetch groupBy aggregate having limit start timeout version withIndex update using'
  | 'allSync countSync existsSync firstSync getSync lastSync aggregateSync sumSync minSync paginateSync cursorSync'
  | 'iterateSync batchesSync explainSync liveSync rawSync next createSync bulkCreateSync bulkUpdateSync getOrCreateSync'
  | 'updateOrCreateSync upsertSync inBulkSync updateSync deleteSync grid toSurrealQL'
  | 'eq ne in nin gt gte concat contains startsWith iContains matches replace split at any all add and or not len desc'
  | 'containsAny hasKey coalesce slice join append uppercase between isNull'
type NameIn<Names extends string> = Names extends `${infer Name} ${infer Rest}` ? Name | NameIn<Rest> : Names
export type Chain = { readonly [Name in NameIn<Method>]: (...given: readonly unknown[]) => Chain }

/** The fields of a record as expressions. */
export type Fields = Readonly<Record<'text' | 'number' | 'counts' | 'tags' | 'homes' | 'born' | 'id', Chain>>

@Embeddable()
class Home extends EmbeddedDocument<Home>() {
  @StringField() city?: string
}

/** Models whose table, columns, index and analyzer have hostile names. */
export interface Models {
  readonly model: ModelClass<AnyDocument>
  /** The same table, of which documents keep what is no field. */
  readonly kept: ModelClass<AnyDocument>
  readonly table: string
  readonly column: string
  readonly index: string
}

let count = 0

export function modelsNamed(name: string, column: string): Models {
  const table = `injection ${count++} ${name}`
  const index = `index ${column}`
  const analyzer = new Analyzer(`words ${count} ${column}`, { tokenizers: ['class'] })
  const fulltext = { analyzer, highlights: true }
  const fields = {
    text: StringField({ dbField: `t${column}`, index: { fulltext } }),
    number: IntField({ dbField: `n${column}`, index: { name: index } }),
    counts: DictField(IntField(), { dbField: `c${column}` }),
    tags: ListField(StringField(), { dbField: `l${column}` }),
    homes: ListField(
      EmbeddedField(() => Home),
      { dbField: `h${column}` },
    ),
    born: DateTimeField({ dbField: `m${column}` }),
    near: VectorField(2, { dbField: `v${column}`, index: { hnsw: { dimension: 2 } } }),
    place: PointField({ dbField: `p${column}` }),
    boss: ReferenceField(() => model, { dbField: `b${column}` }),
    friends: ListField(
      ReferenceField(() => model),
      { dbField: `f${column}` },
    ),
  }
  const model: ModelClass<AnyDocument> = modelOf(table, fields as never)
  const kept = modelOf(`kept ${table}`, { text: fields.text } as never, { unknownFields: 'keep' })
  return { model, kept, table, column, index }
}

/** What a place is given: a name and a value of the attacker's, and where it sends to. */
export interface World extends Models {
  readonly key: string
  readonly value: string
  readonly objects: Chain
  readonly unknown: Chain
  readonly connection: Recorder
}

export function worldOf(models: Models, key: string, value: string): World {
  const { table, column, model, kept } = models
  const id = new RecordId(table, value)
  const stored = { [`t${column}`]: value, [`n${column}`]: 1, [`b${column}`]: id, [`f${column}`]: [id] }
  const connection = new Recorder({ id, ...stored, [`c${column}`]: { [key]: 1 }, $key: [value, id], total: 1 })
  const on = (objects: object): Chain => (objects as Chain).using(connection)
  return { ...models, key, value, connection, objects: on(model.objects), unknown: on(kept.objects) }
}
