import type { FieldBinding } from '../fields/structure.js'
import { AnyRecordKind } from '../fields/links/any-record-field.js'
import type { Field } from '../fields/field.js'
import { ReferenceKind } from '../fields/links/reference-field.js'
import type { TableLink, TableOptions } from './table-options.js'

/** What the edges of a relation connect. */
export type RelationEnds = Pick<TableOptions, 'in' | 'out'>

/** Whether options say that the records are edges. */
export function isRelation({ type, in: from, out: to }: TableOptions): boolean {
  return type === 'relation' || from !== undefined || to !== undefined
}

/** The fields `in` and `out`, which every edge has, and which stay as they are. */
export function endBindings(ends: RelationEnds): readonly FieldBinding[] {
  const options = { required: true, readonly: true } as const
  const end = (link: TableLink | undefined): Field =>
    link ? new ReferenceKind(link, options) : new AnyRecordKind(options)
  return [
    { name: 'in', column: 'in', field: end(ends.in) },
    { name: 'out', column: 'out', field: end(ends.out) },
  ]
}
