import { z } from 'zod'
import { ModelDefinitionError } from '../../errors.js'
import { Field } from '../field.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'

/** The numbers of a vector, named as its indexes name them. */
export type VectorType = 'F64' | 'F32' | 'I64' | 'I32' | 'I16'

/** What a vector field can be told besides the options of every field. */
export interface VectorFieldOptions extends FieldOptions<number[]> {
  /** The kind of its numbers. Default: `F32`. The whole ones take whole numbers only. */
  readonly type?: VectorType
}

const BITS: Readonly<Record<VectorType, number>> = { F64: 0, F32: 0, I64: 54, I32: 32, I16: 16 }

class VectorKind extends Field<number[]> {
  readonly kind = 'vector'
  declare readonly options: VectorFieldOptions

  constructor(
    readonly dimension: number,
    options: VectorFieldOptions = {},
  ) {
    super(options)
    if (!Number.isSafeInteger(dimension) || dimension < 1)
      throw new ModelDefinitionError('INVALID_FIELD_OPTION', 'The dimension of a vector is a whole number from 1 on.')
    if (!Object.hasOwn(BITS, this.type))
      throw new ModelDefinitionError('INVALID_FIELD_OPTION', `The type of a vector is ${Object.keys(BITS).join(', ')}.`)
  }

  get type(): VectorType {
    return this.options.type ?? 'F32'
  }

  accepts(value: unknown): boolean {
    return this.schema.safeParse(value).success
  }

  protected buildSchema(): z.ZodType {
    return z.array(this.#number()).length(this.dimension, `must have ${this.dimension} numbers`)
  }

  #number(): z.ZodType {
    const bits = BITS[this.type]
    // the driver sends whole numbers as integers, and refuses those that a double does not hold exactly
    const number = z
      .number()
      .refine((value) => !Number.isInteger(value) || Number.isSafeInteger(value), 'is beyond 2^53')
    if (bits === 0) return number
    const end = 2 ** (bits - 1)
    return number.refine(
      (value) => Number.isInteger(value) && value >= -end && value < end,
      `must be a whole number that ${this.type} holds`,
    )
  }

  databaseType(): string {
    return `array<${BITS[this.type] === 0 ? 'float' : 'int'}, ${this.dimension}>`
  }

  protected override coerceValue(value: unknown): unknown {
    return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Float32Array) : value
  }

  protected override valueToDatabase(value: number[]): unknown {
    return Array.isArray(value) ? [...value] : value
  }

  protected override valueFromDatabase(stored: unknown): number[] {
    return (Array.isArray(stored) ? [...(stored as unknown[])] : stored) as number[]
  }
}

/** What kind of numbers the vectors of a field hold; undefined where it holds none. */
export function numbersOf(field: Field): VectorType | undefined {
  return field instanceof VectorKind ? field.type : undefined
}

/** How many numbers the vectors of a field have; undefined where it holds none. */
export function dimensionOf(field: Field): number | undefined {
  return field instanceof VectorKind ? field.dimension : undefined
}

/**
 * A list of finite numbers of one length, such as an embedding; stored as `array<float, dimension>`. With `coerce`, typed
 * arrays are taken too. The database checks the length exactly from version 3 on.
 *
 * @example
 * ```ts
 * import { Collection, Document, VectorField } from 'surrealengine'
 *
 * @Collection('vector_field_example')
 * class Article extends Document<Article>() {
 *   @VectorField(3) embedding?: number[]
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `embedding` ON `vector_field_example` TYPE none | null | array<float, 3>
 * ```
 */
export function VectorField(dimension: number, options?: VectorFieldOptions): FieldDecorator<number[]> {
  return fieldDecorator(new VectorKind(dimension, options))
}
