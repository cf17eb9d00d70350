import { z } from 'zod'
import { isObject, isPlainObject } from '../values.js'
import { Field } from './field.js'
import type { FieldDecorator } from './field-decorator.js'
import type { FieldOptions } from './field-options.js'
import { stringLookups, type LookupTable } from './lookups.js'
import { scalarDecorator } from './scalar-decorator.js'

class AnyKind extends Field {
  readonly kind = 'any'

  accepts(value: unknown): boolean {
    return typeof value !== 'function' && typeof value !== 'symbol' && !holdsItself(value, [])
  }

  protected buildSchema(): z.ZodType {
    return z
      .unknown()
      .refine((value) => typeof value !== 'function' && typeof value !== 'symbol', 'must be a value, no function')
      .refine((value) => !holdsItself(value, []), 'holds itself, or is nested too deeply')
  }

  databaseType(): string {
    return 'any'
  }

  protected override valueToDatabase(value: unknown): unknown {
    return copied(value)
  }

  protected override valueFromDatabase(stored: unknown): unknown {
    return copied(stored)
  }

  /** All that there are: what a record holds is known only when it is asked. */
  override get lookups(): LookupTable {
    return stringLookups
  }
}

/** Far more than the database takes. */
const DEEPEST = 500

function holdsItself(value: unknown, holders: readonly object[]): boolean {
  if (!isObject(value)) return false
  if (holders.length > DEEPEST || holders.includes(value)) return true
  const within = [...holders, value]
  return partsOf(value).some((part) => holdsItself(part, within))
}

function partsOf(value: object): readonly unknown[] {
  if (Array.isArray(value) || value instanceof Set) return [...value]
  if (value instanceof Map) return [...value.values()]
  return isPlainObject(value) ? Object.values(value) : []
}

/** Whatever a document could change in place, once more. Values of other classes are taken for unchangeable. */
function copied(value: unknown): unknown {
  if (!isObject(value)) return value
  if (Array.isArray(value)) return Array.from(value, copied)
  if (value instanceof Set) return new Set([...value].map(copied))
  if (value instanceof Date) return new Date(value)
  if (value instanceof ArrayBuffer) return value.slice(0)
  if (value instanceof Uint8Array) return new Uint8Array(value)
  if (!isPlainObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copied(part)]))
}

/**
 * A value of any kind, or of a kind that each record chooses; stored as `any`. What is sent and what comes back is the
 * same as for a value that is bound to a query: a Date comes back as a DateTime, a Uint8Array as an ArrayBuffer.
 *
 * @example
 * ```ts
 * import { AnyField, Collection, Document } from 'surrealengine'
 *
 * @Collection('any_field_example')
 * class Setting extends Document<Setting>() {
 *   @AnyField({ required: true }) value!: unknown
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `value` ON `any_field_example` TYPE any
 * ```
 */
export function AnyField(options?: FieldOptions): FieldDecorator<unknown> {
  return scalarDecorator(new AnyKind(options))
}
