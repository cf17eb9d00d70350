import { z } from 'zod'
import { Field } from '../field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { checkLengthLimits, type LengthLimits } from '../text/length-limits.js'
import type { TransformTable } from '../lookups/filter-step.js'
import { scalarDecorator } from '../scalar-decorator.js'
import { bytesTransforms } from '../lookups/transforms.js'

/** What a bytes field can be told besides the options of every field. Lengths are in bytes. */
export interface BytesFieldOptions extends FieldOptions<Uint8Array>, LengthLimits {}

class BytesKind extends Field<Uint8Array> {
  readonly kind = 'bytes'
  declare readonly options: BytesFieldOptions

  constructor(options: BytesFieldOptions = {}) {
    super(options)
    checkLengthLimits(options)
  }

  accepts(value: unknown): boolean {
    return value instanceof Uint8Array
  }

  protected buildSchema(): z.ZodType {
    const { length, minLength = length, maxLength = length } = this.options
    let bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'must be bytes: a Uint8Array or a Buffer')
    if (minLength !== undefined)
      bytes = bytes.refine((value) => value.length >= minLength, `must have at least ${minLength} bytes`)
    if (maxLength !== undefined)
      bytes = bytes.refine((value) => value.length <= maxLength, `must have at most ${maxLength} bytes`)
    return bytes
  }

  databaseType(): string {
    return 'bytes'
  }

  override get transforms(): TransformTable<Field> {
    return bytesTransforms
  }

  override jsonForm(): z.ZodType {
    return z.base64('must be bytes in base64')
  }

  override fromJson(json: unknown): Uint8Array {
    return Uint8Array.from(atob(json as string), (character) => character.charCodeAt(0))
  }

  protected override coerceValue(value: unknown): unknown {
    return value instanceof ArrayBuffer ? new Uint8Array(value) : super.coerceValue(value)
  }

  /** A copy, so that bytes that are changed in place differ from what was stored. */
  protected override valueToDatabase(value: Uint8Array): unknown {
    return this.accepts(value) ? new Uint8Array(value) : value
  }

  protected override valueFromDatabase(stored: unknown): Uint8Array {
    return stored instanceof ArrayBuffer ? new Uint8Array(stored.slice(0)) : (stored as Uint8Array)
  }
}

/**
 * Bytes, as a Uint8Array; a Buffer is one too. Stored as `bytes`. Bytes that are changed in place are noticed.
 *
 * @example
 * ```ts
 * import { BytesField, Collection, Document } from 'surrealengine'
 *
 * @Collection('bytes_field_example')
 * class Key extends Document<Key>() {
 *   @BytesField({ length: 32 }) secret?: Uint8Array
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `secret` ON `bytes_field_example` TYPE none | null | bytes
 * ```
 */
export function BytesField(options?: BytesFieldOptions): FieldDecorator<Uint8Array> {
  return scalarDecorator(new BytesKind(options))
}
