import type { Change, Field } from '../fields/field.js'
import { reading } from '../fields/reading.js'
import type { Structure } from '../fields/structure.js'
import { bindingsOf } from './bindings-of.js'
import { fieldValues, StatefulDocument, type FieldValues } from './document-state.js'

/** What has to be written so that the database stores what the document holds. A new document has no stored values. */
export function collectChanges(structure: Structure, document: StatefulDocument): readonly Change[] {
  const values = fieldValues(document)
  const stored = StatefulDocument.stateOf(document).stored ?? {}
  const changes: Change[] = []
  for (const { name, column, field } of bindingsOf(structure, document, stored)) {
    const value = values[name]
    reading(
      value,
      () => field.collectChanges(value, stored[column], { path: [column], changes }),
      // for the validation to refuse
      () => void changes.push({ path: [column], value }),
    )
  }
  return changes
}

/** A field that differs from the database. */
export interface FieldChange {
  readonly before: unknown
  readonly after: unknown
}

/** The changed fields by property name. */
export function fieldChanges(structure: Structure, document: StatefulDocument): Record<string, FieldChange> {
  const values = fieldValues(document)
  const stored = StatefulDocument.stateOf(document).stored ?? {}
  const changed = bindingsOf(structure, document, stored).filter(
    ({ name, column, field }) => !field.isComputed && !isUnchanged(field, values[name], stored[column]),
  )
  return Object.fromEntries(
    changed.map(({ name, column, field }) => [
      name,
      { before: field.fromDatabase(stored[column]), after: values[name] },
    ]),
  )
}

function isUnchanged(field: Field, value: unknown, stored: unknown): boolean {
  return reading(
    value,
    () => field.isUnchanged(value, stored),
    () => false,
  )
}

/** Every field in the form the database stores, by column; `undefined` where there is no value. */
export function databaseValues(structure: Structure, document: StatefulDocument): FieldValues {
  const values = fieldValues(document)
  const stored = StatefulDocument.stateOf(document).stored ?? {}
  // loops, as each document of a bulk write comes through here
  const found: FieldValues = {}
  for (const { name, column, field } of bindingsOf(structure, document, stored)) {
    if (!field.isComputed) found[column] = field.toDatabase(values[name])
  }
  return found
}

/** Without the keys that have no value. */
export function presentValues(values: FieldValues): FieldValues {
  const present: FieldValues = {}
  for (const column of Object.keys(values)) if (values[column] !== undefined) present[column] = values[column]
  return present
}
