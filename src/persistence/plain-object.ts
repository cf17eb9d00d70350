import { ValidationError } from '../errors.js'
import { Descent } from '../fields/descent.js'
import { copyOfGeometry } from '../fields/geometry/geometry-values.js'
import { addKey } from '../fields/containers/keys.js'
import { writeMoment } from '../fields/time/moment-text.js'
import { patternText } from '../fields/text/pattern-text.js'
import { writeRecordId } from '../fields/links/record-id-text.js'
import type { Structure } from '../fields/structure.js'
import {
  BoundExcluded,
  BoundIncluded,
  DateTime,
  Geometry,
  isObject,
  isPlainObject,
  Range,
  RecordId,
  Uuid,
} from '../values.js'
import { bindingsOf } from './bindings-of.js'
import { fieldValues, type FieldValues } from './document-state.js'

interface HasToObject {
  toObject(): unknown
}

/** Far more than what can be saved, and less than what a stack holds: documents that were fetched may hold each other. */
const DEEPEST = 400
const copying = new Descent(DEEPEST)
const showing = new Descent(DEEPEST)

/**
 * The fields of a document, and of the documents inside it, as plain objects. Values keep their classes, and are copies: no
 * change of the result reaches the document. A document inside itself has no fields.
 */
export function toPlainObject(structure: Structure, instance: object): FieldValues {
  return ofDocument(copying, instance, () => {
    const names = bindingsOf(structure, instance).map(({ name }) => name)
    return ofFields({ structure, instance, names }, plain)
  })
}

/** What `show` makes of the fields that have a value. */
function ofFields(
  { structure, instance, names }: { structure: Structure; instance: object; names: readonly string[] },
  show: (value: unknown) => unknown,
): FieldValues {
  const values = fieldValues(instance)
  const shown: FieldValues = {}
  for (const name of names) {
    const value = values[name]
    if (value !== undefined)
      addKey(
        shown,
        name,
        placed(structure, name, () => show(value)),
      )
  }
  return shown
}

/** A document inside itself has no fields. */
function ofDocument(descent: Descent, instance: object, go: () => FieldValues): FieldValues {
  return descent.isIn(instance) ? {} : inside(descent, instance, go)
}

/** Goes into a value, unless it has no end. */
function inside<Result>(descent: Descent, value: object, go: () => Result): Result {
  const found = descent.into<{ readonly result: Result } | undefined>(value, undefined, () => ({ result: go() }))
  if (found) return found.result
  const [code, message] = descent.isIn(value)
    ? ['cyclic', 'holds itself']
    : descent.isUsedUp
      ? ['too_large', 'holds the same parts over and over']
      : ['too_deep', 'is too deep']
  throw new ValidationError('value', [{ path: [], code: code, message: message }])
}

/** Says where in a document a value without an end is. */
function placed<Result>(structure: Structure, name: string, go: () => Result): Result {
  try {
    return go()
  } catch (error) {
    const issue = error instanceof ValidationError ? error.issues[0] : undefined
    if (!issue || !['cyclic', 'too_deep', 'too_large'].includes(issue.code)) throw error
    throw new ValidationError(structure.name, [{ ...issue, path: [name, ...issue.path] }])
  }
}

function plain(value: unknown): unknown {
  if (!isObject(value)) return value
  return hasToObject(value) ? value.toObject() : inside(copying, value, () => copyOf(value))
}

function copyOf(value: object): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Set) return new Set([...value].map(plain))
  if (isPlainObject(value)) return copyOfKeys(value)
  if (value instanceof Date) return new Date(value)
  if (ArrayBuffer.isView(value)) return structuredClone(value)
  if (value instanceof ArrayBuffer) return value.slice(0)
  if (value instanceof RegExp) return new RegExp(value)
  return copyOfInstance(value)
}

function copyOfKeys(value: FieldValues): FieldValues {
  const copy: FieldValues = {}
  for (const [key, part] of Object.entries(value)) addKey(copy, key, plain(part))
  return copy
}

/** Of the other classes, those that hold what can be changed. */
function copyOfInstance(value: object): unknown {
  if (value instanceof Geometry) return copyOfGeometry(value)
  if (value instanceof Range) return new Range(copyOfBound(value.begin), copyOfBound(value.end))
  if (value instanceof RecordId && isObject(value.id) && !(value.id instanceof Uuid))
    return new RecordId(value.table.name, plain(value.id) as never)
  return value
}

function copyOfBound(bound: unknown): BoundIncluded<unknown> | BoundExcluded<unknown> | undefined {
  if (bound instanceof BoundIncluded) return new BoundIncluded(plain(bound.value))
  return bound instanceof BoundExcluded ? new BoundExcluded(plain(bound.value)) : undefined
}

interface HasToObject {
  toObject(): unknown
}

function hasToObject(value: object): value is HasToObject {
  return typeof (value as Partial<HasToObject>).toObject === 'function'
}

/** The fields of a document that are not hidden, and its virtual getters, in values that JSON can hold; inside it likewise. */
export function toJsonObject(structure: Structure, instance: object): FieldValues {
  return ofDocument(showing, instance, () => {
    const fields = bindingsOf(structure, instance).filter(({ field }) => !field.options.hidden)
    const names = [...fields.map(({ name }) => name), ...structure.virtuals]
    return ofFields({ structure, instance, names }, toJsonValue)
  })
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
  if (Array.isArray(value)) return inside(showing, value, () => value.map(toJsonValue))
  if (value instanceof Set) return inside(showing, value, () => [...value].map(toJsonValue))
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('base64')
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
  if (isPlainObject(value))
    return inside(showing, value, () =>
      Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toJsonValue(part)])),
    )
  return instanceToJson(value)
}

function instanceToJson(value: object): unknown {
  if (value instanceof RecordId) return writeRecordId(value as RecordId)
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
