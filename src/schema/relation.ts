import { linkedStructure, type FieldBinding } from '../fields/structure.js'
import { AnyRecordKind } from '../fields/any-record-field.js'
import { ReferenceField } from '../fields/reference-field.js'
import type { Field } from '../fields/field.js'

/** A model that an edge begins or ends at. */
type LinkedModel = () => new (...values: never[]) => object

/** What the edges of a relation connect. */
export interface RelationEnds {
  /** Of a RelationDocument: the model of the records its edges begin at. Default: any. */
  readonly in?: LinkedModel
  /** Of a RelationDocument: the model of the records its edges end at. Default: any. */
  readonly out?: LinkedModel
}

/** What the edges of a relation connect, by table; undefined for any. The models are looked up when this is read. */
export interface Relation {
  readonly in: string | undefined
  readonly out: string | undefined
}

/** The relation of a model whose records are edges. */
export function relationOf(model: string, ends: RelationEnds): Relation {
  const table = (link: LinkedModel | undefined, end: string): string | undefined =>
    link && (linkedStructure(link, `${model}.${end}`).table ?? undefined)
  return {
    get in() {
      return table(ends.in, 'in')
    },
    get out() {
      return table(ends.out, 'out')
    },
  }
}

/** The fields `in` and `out`, which every edge has, and which stay as they are. */
export function endBindings(ends: RelationEnds): readonly FieldBinding[] {
  const options = { required: true, readonly: true } as const
  const end = (link: LinkedModel | undefined): Field =>
    link ? ReferenceField(link, options).field : new AnyRecordKind(options)
  return [
    { name: 'in', column: 'in', field: end(ends.in) },
    { name: 'out', column: 'out', field: end(ends.out) },
  ]
}
