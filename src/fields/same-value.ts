import { isObject, isPlainObject } from '../values.js'

interface Comparable {
  equals(other: unknown): boolean
}

/**
 * Whether two values are the same to the database: scalars by value (NaN is NaN), lists, sets and objects by content,
 * SurrealDB's own classes by their `equals`, dates by their time, bytes by their content.
 */
export function isSameValue(left: unknown, right: unknown): boolean {
  if (left === right || Object.is(left, right)) return true
  if (typeof left !== typeof right) return isSameInteger(left, right)
  return isObject(left) && isObject(right) && isSameContent(left, right)
}

function isSameContent(left: object, right: object): boolean {
  if (Array.isArray(left)) return Array.isArray(right) && isSameList(left, right)
  if (isPlainObject(left)) return isPlainObject(right) && isSameObject(left, right)
  if (left instanceof Date) return right instanceof Date && Object.is(left.getTime(), right.getTime())
  if (left instanceof Set) return right instanceof Set && isSameSet(left, right)
  const bytes = toBytes(left)
  return bytes ? isSameBytes(bytes, toBytes(right)) : isComparable(left) && left.equals(right)
}

function isSameInteger(left: unknown, right: unknown): boolean {
  const [small, big] = typeof left === 'bigint' ? [right, left] : [left, right]
  return typeof small === 'number' && typeof big === 'bigint' && Number.isSafeInteger(small) && BigInt(small) === big
}

function isSameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && [...left].every((item, index) => isSameValue(item, right[index]))
}

/** The database keeps a set in its own order, and keeps one of several equal values: two equal dates, `1` and `1n`. */
function isSameSet(left: ReadonlySet<unknown>, right: ReadonlySet<unknown>): boolean {
  return isSameList([...left], [...right]) || (isWithin(left, right) && isWithin(right, left))
}

function isWithin(inner: ReadonlySet<unknown>, outer: ReadonlySet<unknown>): boolean {
  const values = [...outer]
  return [...inner].every((value) => outer.has(value) || values.some((other) => isSameValue(value, other)))
}

/** A key that holds `undefined` is no key: the database stores none. */
function isSameObject(left: Record<string, unknown>, right: Record<string, unknown>): boolean {
  const keys = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...keys].every((key) => isSameValue(left[key], right[key]))
}

function toBytes(value: object): Uint8Array | undefined {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  return ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : undefined
}

function isSameBytes(left: Uint8Array, right: Uint8Array | undefined): boolean {
  return right !== undefined && left.length === right.length && left.every((byte, index) => byte === right[index])
}

function isComparable(value: object): value is Comparable {
  return typeof (value as Partial<Comparable>).equals === 'function'
}
