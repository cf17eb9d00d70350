import type { Structure } from '../fields/structure.js'
import { isPlainObject } from '../values.js'
import { bindingsOf } from './bindings-of.js'
import { fieldValues, type FieldValues } from './document-state.js'

interface HasToObject {
  toObject(): unknown
}

/** The fields of a document, and of the documents inside it, as plain objects. Values keep their classes. */
export function toPlainObject(structure: Structure, instance: object): FieldValues {
  const values = fieldValues(instance)
  const present = bindingsOf(structure, instance).filter(({ name }) => values[name] !== undefined)
  return Object.fromEntries(present.map(({ name }) => [name, plain(values[name])]))
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  return hasToObject(value) ? value.toObject() : value
}

function hasToObject(value: unknown): value is HasToObject {
  return typeof value === 'object' && value !== null && typeof (value as Partial<HasToObject>).toObject === 'function'
}

/** The fields of a document that are not hidden, and its virtual getters, in values that JSON can hold; inside it likewise. */
export function toJsonObject(structure: Structure, instance: object): FieldValues {
  const values = fieldValues(instance)
  const fields = bindingsOf(structure, instance).filter(({ field }) => !field.options.hidden)
  const names = [...fields.map(({ name }) => name), ...structure.virtuals]
  const shown = names.map((name) => [name, values[name]] as const).filter(([, value]) => value !== undefined)
  return Object.fromEntries(shown.map(([name, value]) => [name, toJsonValue(value)]))
}

interface HasToJson {
  toJSON(): unknown
}

function hasToJson(value: object): value is HasToJson {
  return typeof (value as Partial<HasToJson>).toJSON === 'function'
}

/** A value that JSON can hold: record ids, dates and SurrealDB's other classes become strings, as do large integers. */
export function toJsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(toJsonValue)
  if (value instanceof Set) return [...value].map(toJsonValue)
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('base64')
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
  if (isPlainObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toJsonValue(part)]))
  return hasToJson(value) ? value.toJSON() : value
}
