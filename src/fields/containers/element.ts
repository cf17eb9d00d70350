import { ModelDefinitionError } from '../../errors.js'
import type { Field } from '../field.js'
import type { FieldOptions } from '../field-options.js'
import type { Findings, ValuePath } from '../findings.js'

const OF_WHOLE_FIELDS: readonly (keyof FieldOptions)[] = [
  'dbField',
  'unique',
  'index',
  'readonly',
  'computed',
  'default',
  'defaultAlways',
  'hidden',
]

/** Refuses a field that means something by itself only, as the element of another one. */
export function checkElement(item: Field, holder: string): Field {
  const option = OF_WHOLE_FIELDS.find((name) => item.options[name] !== undefined)
  if (option === undefined) return item
  throw new ModelDefinitionError(
    'INVALID_FIELD_OPTION',
    `${holder} holds a ${item.kind} field with the option "${option}"; elements have none, give it to the field that holds them.`,
  )
}

/** Refuses a link that the database watches: it does so only for fields of the record itself, and lists of them. */
export function checkUnwatched(item: Field, holder: string): Field {
  if (item.onDelete === undefined) return item
  throw new ModelDefinitionError(
    'INVALID_FIELD_OPTION',
    `${holder} holds a reference with the option "onDelete"; the database has it for fields of the record itself, and lists of them.`,
  )
}

/** Refuses what the database is told of elements, where it takes no notice of it. */
export function checkUntold(item: Field, holder: string): void {
  const option = TOLD.find((name) => item.options[name] !== undefined)
  if (option === undefined) return
  throw new ModelDefinitionError(
    'INVALID_FIELD_OPTION',
    `${holder} holds a ${item.kind} field with the option "${option}"; the database takes no notice of it in a set. Give it to the set, or use a ListField.`,
  )
}

const TOLD = ['assert', 'value', 'comment', 'permissions'] as const

/** Whether the database's schema has to know the elements one by one. */
export function needsDefinition(item: Field): boolean {
  const isTold = TOLD.some((name) => item.options[name] !== undefined)
  return isTold || item.isFlexible || item.databaseType() === 'any' || item.parts().length > 0
}

const NOTHING = 'is missing; a list has no gaps'

/** Checks one element: unlike a field of a document, it cannot be missing. */
export function validateElement(item: Field, value: unknown, at: { path: ValuePath; findings: Findings }): void {
  const isMissing = value === undefined || value === null
  if (isMissing && !item.takesNothing) at.findings.add(at.path, 'required', NOTHING)
  else item.validate(value, at.path, at.findings)
}

/** The value behind the JSON form of a field of an object, which may be missing. */
export function readJson(field: Field, json: unknown): unknown {
  const isMissing = json === undefined || json === null
  return isMissing && !field.takesNothing ? json : field.fromJson(json)
}

/** The SurrealQL type of a value of one of several types. */
export function unionType(types: readonly string[]): string {
  return types.includes('any') ? 'any' : [...new Set(types)].join(' | ')
}

/** The SurrealQL type of a value that is of one of several fields, or one of the words. */
export function oneOfTypes(members: readonly Field[], words: readonly string[] = []): string {
  // the database defines no elements of what may not be a list, and takes none that it does not know
  const isKnown = members.every((member) => !member.element || member.parts().length === 0)
  return isKnown ? unionType([...words, ...members.map((member) => member.databaseType())]) : 'any'
}

/** Whether such a value may be an object whose keys the database is not told of. */
export function isOpen(members: readonly Field[]): boolean {
  const hasObject = members.some((member) => member.isFlexible || (!member.element && member.parts().length > 0))
  return hasObject && oneOfTypes(members) !== 'any'
}
