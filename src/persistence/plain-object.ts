import { writeMoment } from '../fields/moment-text.js'
import { patternText } from '../fields/pattern-text.js'
import type { Structure } from '../fields/structure.js'
import { BoundIncluded, DateTime, isObject, isPlainObject, Range } from '../values.js'
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

/**
 * A value that JSON can hold: record ids, dates and SurrealDB's other classes become strings, as do large integers and
 * numbers that are not finite.
 */
export function toJsonValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  return isObject(value) ? objectToJson(value) : value
}

function objectToJson(value: object): unknown {
  if (Array.isArray(value)) return value.map(toJsonValue)
  if (value instanceof Set) return [...value].map(toJsonValue)
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('base64')
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
  if (isPlainObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toJsonValue(part)]))
  return instanceToJson(value)
}

function instanceToJson(value: object): unknown {
  if (value instanceof DateTime) return writeMoment(value)
  if (value instanceof RegExp) return patternText(value)
  if (value instanceof Range) return rangeToJson(value)
  return hasToJson(value) ? value.toJSON() : value
}

/** The text of a range does not say what its bounds are: 1 and '1' look the same. */
function rangeToJson(range: Range<unknown, unknown>): FieldValues {
  const bounds = Object.entries({ begin: range.begin, end: range.end }).filter(([, bound]) => bound !== undefined)
  return Object.fromEntries(
    bounds.map(([name, bound]) => {
      const value = toJsonValue((bound as BoundIncluded<unknown>).value)
      return [name, bound instanceof BoundIncluded ? { included: value } : { excluded: value }]
    }),
  )
}
