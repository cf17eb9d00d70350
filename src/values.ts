/**
 * SurrealDB's value types, re-exported from the official driver so that one copy of each class is in play, and the
 * guards the rest of the package uses. Everybody may import this file; it imports nothing but the driver's value classes.
 */
export {
  BoundExcluded,
  BoundIncluded,
  DateTime,
  Decimal,
  Duration,
  FileRef,
  Geometry,
  GeometryCollection,
  GeometryLine,
  GeometryMultiLine,
  GeometryMultiPoint,
  GeometryMultiPolygon,
  GeometryPoint,
  GeometryPolygon,
  Range,
  RecordId,
  RecordIdRange,
  Table,
  Uuid,
} from 'surrealdb'
import { DateTime, RecordId, Uuid } from 'surrealdb'

/** The key part of a record id: `user:alice` has the key `'alice'`. */
export type RecordKey = string | number | bigint | Uuid | readonly unknown[] | { readonly [key: string]: unknown }

/** True for everything that can have members and is no function. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** True for an object made by `{}`, `Object.create(null)` or a decoder: no class, so its keys are its value. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

/** True for everything SurrealDB accepts as the key of a record id. */
function isRecordKey(value: unknown): value is RecordKey {
  switch (typeof value) {
    case 'string':
    case 'bigint':
      return true
    case 'number':
      return Number.isSafeInteger(value)
    default:
      return value instanceof Uuid || Array.isArray(value) || isPlainObject(value)
  }
}

/** `table` and a key, or a record id already made, as a record id of that table; undefined when it is neither. */
export function toRecordId(table: string, id: unknown): RecordId | undefined {
  if (id instanceof RecordId) return id.table.name === table ? id : undefined
  return isRecordKey(id) ? new RecordId(table, id as never) : undefined
}

/** A Date as a DateTime. The driver's own way counts the milliseconds of a time before 1970 backwards, and is a second off. */
export function toDateTime(date: Date | DateTime): DateTime {
  if (date instanceof DateTime) return date
  const time = date.getTime()
  const seconds = Math.floor(time / 1000)
  return new DateTime([seconds, (time - seconds * 1000) * 1_000_000])
}

const KEY_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const KEY_LENGTH = 20
/** The most that is a multiple of the number of characters, so that each is as likely as any other. */
const FAIR = 252

/** A key as the database itself makes them, of 103 random bits. */
export function randomRecordKey(): string {
  let key = ''
  while (key.length < KEY_LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(KEY_LENGTH + 4))) {
      if (byte < FAIR && key.length < KEY_LENGTH) key += KEY_CHARACTERS[byte % KEY_CHARACTERS.length]
    }
  }
  return key
}
