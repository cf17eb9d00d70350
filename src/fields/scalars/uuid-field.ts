import { z } from 'zod'
import { Uuid } from '../../values.js'
import { Field } from '../field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { orderLookups, type LookupTable } from '../lookups/lookups.js'
import { scalarDecorator } from '../scalar-decorator.js'

/** What a UUID field can be told. */
export interface UUIDFieldOptions extends Omit<FieldOptions<Uuid>, 'default'> {
  /** As for every field; or `'v4'` for a new random one each time, `'v7'` for one that sorts by the time it was made. */
  readonly default?: FieldOptions<Uuid>['default'] | 'v4' | 'v7'
}

const BYTES = 16

class UuidKind extends Field<Uuid> {
  readonly kind = 'uuid'

  accepts(value: unknown): boolean {
    return value instanceof Uuid
  }

  protected buildSchema(): z.ZodType {
    return z.custom<Uuid>((value) => value instanceof Uuid, 'must be a Uuid: new Uuid(text), Uuid.v4()')
  }

  databaseType(): string {
    return 'uuid'
  }

  /** The text of a UUID of any version: the database takes all of them. */
  override jsonForm(): z.ZodType {
    return z.guid('must be a UUID')
  }

  override fromJson(json: unknown): Uuid {
    return new Uuid(json as string)
  }

  /** The driver sends all the memory that the bytes of a UUID are a part of. */
  protected override valueToDatabase(value: Uuid): unknown {
    return value instanceof Uuid && value.toBuffer().byteLength !== BYTES ? new Uuid(value.toString()) : value
  }

  override get lookups(): LookupTable {
    return orderLookups
  }
}

/** The default with the two words replaced by what they stand for. */
function withGenerator(options: UUIDFieldOptions): FieldOptions<Uuid> {
  const word = options.default
  if (word === 'v4') return { ...options, default: () => Uuid.v4() }
  if (word === 'v7') return { ...options, default: () => Uuid.v7() }
  return options as FieldOptions<Uuid>
}

/**
 * A UUID, as the driver's Uuid; stored as `uuid`.
 *
 * @example
 * ```ts
 * import { Collection, Document, UUIDField, type Uuid } from 'surrealengine'
 *
 * @Collection('uuid_field_example')
 * class Device extends Document<Device>() {
 *   @UUIDField({ required: true, default: 'v7' }) serial!: Uuid
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `serial` ON `uuid_field_example` TYPE uuid
 * ```
 */
export function UUIDField(options: UUIDFieldOptions = {}): FieldDecorator<Uuid> {
  return scalarDecorator(new UuidKind(withGenerator(options)))
}
