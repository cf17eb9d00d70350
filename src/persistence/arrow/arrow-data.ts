import type { ArrowLibrary, ArrowValue } from '../../connection/arrow-library.js'
import { DatabaseError } from '../../errors.js'
import type { VectorType } from '../../fields/containers/vector-field.js'
import type { ColumnType } from '../../query/columns/column-type.js'
import { DateTime, Decimal, isPlainObject } from '../../values.js'
import { toJsonValue } from '../plain-object.js'
import { arrowTypeOf, numberTypeOf } from './arrow-type.js'

type Numbers = Float64Array | Float32Array | BigInt64Array | Int32Array | Int16Array

/** Makes the data of Arrow's columns from values as the database stores them. */
export class ArrowData {
  readonly #arrow: ArrowLibrary
  /** For errors: `User.age`. */
  readonly #where: string

  constructor(arrow: ArrowLibrary, where: string) {
    this.#arrow = arrow
    this.#where = where
  }

  /** The values of a column, of which any may be missing. */
  of(type: ColumnType, values: readonly unknown[]): ArrowValue {
    const isMissing = (value: unknown): boolean => value === undefined || value === null
    return this.#arrow.makeData({
      type: arrowTypeOf(this.#arrow, type),
      length: values.length,
      ...nullsOf(values.map(isMissing)),
      ...this.#parts(type, values),
    })
  }

  #parts(type: ColumnType, values: readonly unknown[]): Readonly<Record<string, unknown>> {
    switch (type.kind) {
      case 'int':
        return { data: fill(new BigInt64Array(values.length), values, (value) => this.#wholeNumber(value)) }
      case 'float':
        return { data: fill(new Float64Array(values.length), values, (value) => this.#number(value)) }
      case 'moment':
        return { data: fill(new BigInt64Array(values.length), values, (value) => this.#nanoseconds(value)) }
      case 'boolean':
        return { data: bitsOf(values.map((value) => value === true || (value ? this.#misfit() : false))) }
      case 'bytes':
        return joined(values.map((value) => this.#bytes(value)))
      case 'text':
        return joined(values.map((value) => ENCODER.encode(textOf(value))))
      case 'json':
        return joined(values.map((value) => ENCODER.encode(JSON.stringify(toJsonValue(value)) ?? '')))
      case 'list':
        return this.#list(type.item, values)
      case 'vector':
        return { child: this.#vectors(type, values) }
      case 'object':
        return { children: type.parts.map((part) => this.of(part.type, this.#under(part.column, values))) }
      default:
        return type satisfies never
    }
  }

  #list(item: ColumnType, values: readonly unknown[]): Readonly<Record<string, unknown>> {
    const lists = values.map((value) => this.#items(value))
    return { valueOffsets: offsetsOf(lists.map(({ length }) => length)), child: this.of(item, lists.flat()) }
  }

  #vectors(
    { size, numbers }: { readonly size: number; readonly numbers: VectorType },
    values: readonly unknown[],
  ): ArrowValue {
    const all = new ARRAYS[numbers](values.length * size)
    const read =
      numbers === 'I64' ? (value: unknown) => this.#wholeNumber(value) : (value: unknown) => this.#number(value)
    for (const [index, value] of values.entries()) {
      const items = this.#items(value)
      if (items.length > 0 && items.length !== size) this.#misfit()
      for (const [place, item] of items.entries()) all[index * size + place] = read(item)
    }
    return this.#arrow.makeData({
      type: numberTypeOf(this.#arrow, numbers),
      length: all.length,
      nullCount: 0,
      data: all,
    })
  }

  #under(column: string, values: readonly unknown[]): readonly unknown[] {
    return values.map((value) => {
      if (value === undefined || value === null) return undefined
      return isPlainObject(value) ? value[column] : this.#misfit()
    })
  }

  #items(value: unknown): readonly unknown[] {
    if (value === undefined || value === null) return []
    if (value instanceof Set) return [...(value as ReadonlySet<unknown>)]
    return Array.isArray(value) ? value : this.#misfit()
  }

  #wholeNumber(value: unknown): bigint {
    if (typeof value === 'bigint') return value
    return Number.isInteger(value) ? BigInt(value as number) : this.#misfit()
  }

  #number(value: unknown): number {
    if (typeof value === 'number') return value
    return typeof value === 'bigint' || value instanceof Decimal ? Number(value.toString()) : this.#misfit()
  }

  /** Since 1970; 64 bits of them reach from 1677 to 2262. */
  #nanoseconds(value: unknown): bigint {
    if (!(value instanceof DateTime)) return this.#misfit()
    const [seconds, nanoseconds] = value.toCompact() as readonly [bigint, bigint]
    const all = BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds)
    return BigInt.asIntN(64, all) === all ? all : this.#misfit()
  }

  #bytes(value: unknown): Uint8Array {
    if (value === undefined || value === null) return new Uint8Array()
    if (value instanceof ArrayBuffer) return new Uint8Array(value)
    return value instanceof Uint8Array ? value : this.#misfit()
  }

  #misfit(): never {
    throw new DatabaseError(
      'UNEXPECTED_RESPONSE',
      `${this.#where}: the database holds a value that has no place in a column of this type; leave the field out, or read it with toColumns().`,
    )
  }
}

const ENCODER = new TextEncoder()
const ARRAYS = { F64: Float64Array, F32: Float32Array, I64: BigInt64Array, I32: Int32Array, I16: Int16Array }

/** As `toJSON()` has it. */
function textOf(value: unknown): string {
  const shown = value === undefined || value === null ? '' : toJsonValue(value)
  return typeof shown === 'string' ? shown : JSON.stringify(shown)
}

function fill<Filled extends Numbers>(
  numbers: Filled,
  values: readonly unknown[],
  read: (value: unknown) => Filled[number],
): Filled {
  for (const [index, value] of values.entries()) if (value !== undefined && value !== null) numbers[index] = read(value)
  return numbers
}

/** Values of any length, one behind the other. */
function joined(parts: readonly Uint8Array[]): { readonly data: Uint8Array; readonly valueOffsets: Int32Array } {
  return { data: Buffer.concat(parts), valueOffsets: offsetsOf(parts.map(({ byteLength }) => byteLength)) }
}

function offsetsOf(lengths: readonly number[]): Int32Array {
  const offsets = new Int32Array(lengths.length + 1)
  for (const [index, length] of lengths.entries()) offsets[index + 1] = offsets[index]! + length
  return offsets
}

function nullsOf(missing: readonly boolean[]): { readonly nullCount: number; readonly nullBitmap: Uint8Array | null } {
  const nullCount = missing.filter(Boolean).length
  return { nullCount, nullBitmap: nullCount === 0 ? null : bitsOf(missing.map((isMissing) => !isMissing)) }
}

/** One bit for each, the first one in the lowest place. */
function bitsOf(values: readonly boolean[]): Uint8Array {
  const bits = new Uint8Array(Math.ceil(values.length / 64) * 8)
  for (const [index, value] of values.entries()) if (value) bits[index >> 3]! |= 1 << (index & 7)
  return bits
}
