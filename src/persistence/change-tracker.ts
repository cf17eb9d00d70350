import type { Change } from '../fields/field.js'
import type { Structure } from '../fields/structure.js'
import { bindingsOf } from './bindings-of.js'
import { fieldValues, StatefulDocument, type FieldValues } from './document-state.js'

/** What has to be written so that the database stores what the document holds. A new document has no stored values. */
export function collectChanges(structure: Structure, document: StatefulDocument): readonly Change[] {
  const values = fieldValues(document)
  const stored = StatefulDocument.stateOf(document).stored ?? {}
  const changes: Change[] = []
  for (const { name, column, field } of bindingsOf(structure, document, stored)) {
    field.collectChanges(values[name], stored[column], { path: [column], changes })
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
    ({ name, column, field }) => !field.isComputed && !field.isUnchanged(values[name], stored[column]),
  )
  return Object.fromEntries(
    changed.map(({ name, column, field }) => [
      name,
      { before: field.fromDatabase(stored[column]), after: values[name] },
    ]),
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
