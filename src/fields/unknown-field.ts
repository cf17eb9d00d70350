import { AnyKind } from './any-field.js'
import type { FieldBinding } from './structure.js'

/** A key that is no field, in a document that keeps such keys. Anything the database can store is its value. */
const unknown = new AnyKind()

/** The key as a field; undefined where it is the name of something else. */
export function unknownBinding(name: string, isTaken: (name: string) => boolean): FieldBinding | undefined {
  const isUsable = name !== '' && !name.includes('\0') && !(name in Object.prototype) && !isTaken(name)
  return isUsable ? { name, column: name, field: unknown } : undefined
}

/** Whether a binding was made by {@link unknownBinding}. */
export function isUnknown({ field }: FieldBinding): boolean {
  return field === unknown
}
