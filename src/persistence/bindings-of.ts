import { isUnknown } from '../fields/unknown-field.js'
import type { FieldBinding, Structure } from '../fields/structure.js'

/** The fields of a document; where it keeps what is no field, its other keys as well, and those of a stored record. */
export function bindingsOf(structure: Structure, document: object, stored: object = {}): readonly FieldBinding[] {
  if (!structure.keepsUnknown) return structure.bindings
  const isMember = (key: string): boolean => key in document && !Object.hasOwn(document, key)
  const keys = new Set([...Object.keys(document), ...Object.keys(stored)])
  const found = [...keys].filter((key) => !isMember(key)).flatMap((key) => structure.binding(key) ?? [])
  return [...structure.bindings, ...found.filter(isUnknown)]
}
