import type { Value as DatabaseValue } from 'surrealdb'
import type { RecordId, RecordIdRange, RecordKey, Table } from '../../values.js'

/** Many records: those of a table, or a range of them. A string is always the name of a table. */
export type RecordList = Table | RecordIdRange | string

/** What a write or a read is about: one record, or many. */
export type RecordTarget = RecordId | RecordList

/** A record as the database gives it back: the fields of `Row`, and its id. */
export type StoredRecord<Row> = Row extends { readonly id: RecordId } ? Row : Row & { readonly id: RecordId }

/** A record of a table of edges: it knows what it connects. */
export type StoredEdge<Row> = StoredRecord<Row> & { readonly in: RecordId; readonly out: RecordId }

/**
 * What is written: an object. When the type argument names the fields, only these are taken; fields that are left out are the
 * database's to refuse.
 */
export type RecordData<Row> = string extends keyof Row
  ? object
  : { readonly [Name in keyof Omit<Row, 'id'>]?: Row[Name & keyof Row] | undefined } & RecordIdentity

/** The id of a record that is to be written: a RecordId of the table, or its key. */
export interface RecordIdentity {
  readonly id?: RecordId | RecordKey | undefined
}

/** What is merged into a record: any of its fields, and any fields of the objects in it. */
export type MergeData<Row> = string extends keyof Row
  ? object
  : { readonly [Name in keyof Row]?: MergedValue<Row[Name]> | undefined }

/** Only plain objects are merged; every other value is replaced. */
type MergedValue<Value> = Value extends DatabaseValue | Date | ArrayBuffer | readonly unknown[] | ReadonlySet<unknown>
  ? Value
  : Value extends object
    ? MergeData<Value>
    : Value

/** A record that is to be written, and says where. */
export type IdentifiedData<Row> = WithMore<Row> & RecordData<Row> & { readonly id: RecordId }

/** What either end of an edge may be. */
export type RecordEnd = RecordId | readonly RecordId[]

/** What is written into an edge, besides its ends. */
export type EdgeContent<Row> = RecordData<Omit<Row, 'in' | 'out'>>

/** An edge that is to be written. */
export type EdgeData<Row> = WithMore<Row> & EdgeContent<Row> & { readonly in: RecordId; readonly out: RecordId }

/** Lets any field stand beside the named ones, when the type argument names none. */
type WithMore<Row> = string extends keyof Row ? Readonly<Record<string, unknown>> : unknown

/** One step of a JSON Patch. Paths are JSON Pointers: `/address/city`, `/tags/0`, `/tags/-` for behind the last one. */
export type PatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'copy' | 'move'; readonly from: string; readonly path: string }
  /** `value` is a difference in the format of diff-match-patch, for text. */
  | { readonly op: 'change'; readonly path: string; readonly value: string }
