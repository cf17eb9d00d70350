import { DatabaseError } from '../errors.js'
import type { FieldBinding, Structure } from '../fields/structure.js'
import { isPlainObject, RecordId } from '../values.js'
import { bindingsOf } from './bindings-of.js'
import { fieldValues, StatefulDocument, type FieldValues } from './document-state.js'

/** Fills an instance with what the database stores. */
export function hydrateFields(structure: Structure, instance: object, stored: FieldValues): void {
  const values = fieldValues(instance)
  for (const { name, column, field } of bindingsOf(structure, instance, stored))
    values[name] = field.fromDatabase(stored[column])
}

/** Fills a document with a record and takes the record as what is stored. */
export function hydrateRecord(structure: Structure, document: StatefulDocument, record: FieldValues): void {
  hydrateFields(structure, document, record)
  const state = StatefulDocument.stateOf(document)
  state.id = recordIdOf(structure, record)
  state.stored = record
}

/**
 * Takes the record that came back from a write. A value that was changed while the write was under way stays, and is
 * still to be saved; every other one becomes what the database made of it, in place where it is the same.
 */
export function absorbRecord(
  structure: Structure,
  document: StatefulDocument,
  written: { readonly record: unknown; readonly sent: FieldValues },
): void {
  const record = toRecord(structure, written.record)
  const values = fieldValues(document)
  for (const binding of bindingsOf(structure, document, record)) {
    if (isStale(binding, values, { sent: written.sent, record }))
      values[binding.name] = binding.field.fromDatabase(record[binding.column])
  }
  const state = StatefulDocument.stateOf(document)
  state.id = recordIdOf(structure, record)
  state.stored = record
}

function isStale(
  { name, column, field }: FieldBinding,
  values: FieldValues,
  { sent, record }: { readonly sent: FieldValues; readonly record: FieldValues },
): boolean {
  const value = values[name]
  if (field.isComputed) return true
  return field.isUnchanged(value, sent[column]) && !field.isUnchanged(value, record[column])
}

/** A row of an answer as a record. */
export function toRecord(structure: Structure, row: unknown): FieldValues {
  if (isPlainObject(row)) return row
  throw new DatabaseError(
    'UNEXPECTED_RESPONSE',
    `${structure.name}: the database answered with something that is no record.`,
  )
}

function recordIdOf(structure: Structure, record: FieldValues): RecordId {
  const { id } = record
  if (id instanceof RecordId) return id as RecordId
  throw new DatabaseError(
    'UNEXPECTED_RESPONSE',
    `${structure.name}: the database answered with a record that has no id.`,
  )
}
