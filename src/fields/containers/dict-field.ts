import { z } from 'zod'
import { isPlainObject } from '../../values.js'
import { checkElement, checkUnwatched } from './element.js'
import type { Field, FieldPart } from '../field.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import type { TransformTable } from '../lookups/filter-step.js'
import { everyKey, KeyedField } from './keyed-field.js'
import { dictLookups, type LookupTable } from '../lookups/lookups.js'
import { dictTransforms } from '../lookups/transforms.js'
import type { Structure } from '../structure.js'

type Values = Record<string, unknown>

const WITHOUT_NAMES: Structure = {
  name: 'the object',
  table: undefined,
  bindings: [],
  virtuals: [],
  validates: [],
  keepsUnknown: false,
  binding: () => undefined,
  hydrate: (stored) => stored,
}

class DictKind extends KeyedField<Values> {
  readonly kind = 'dict'
  readonly structure = WITHOUT_NAMES

  constructor(
    readonly item: Field,
    options: FieldOptions<Values> = {},
  ) {
    super(options)
    checkUnwatched(checkElement(item, 'A DictField'), 'A DictField')
  }

  protected override get others(): Field {
    return this.item
  }

  accepts(value: unknown): boolean {
    return isPlainObject(value) && Object.values(value).every((part) => part === undefined || this.item.accepts(part))
  }

  protected buildSchema(): z.ZodType {
    return z.custom((value) => isPlainObject(value), 'must be an object with keys and values')
  }

  protected make(values: Values): Values {
    return values
  }

  override parts(): readonly FieldPart[] {
    return [everyKey(this.item)]
  }

  override get lookups(): LookupTable {
    return dictLookups
  }

  override get transforms(): TransformTable<Field> {
    return dictTransforms
  }
}

/**
 * An object whose keys are any text and whose values are all of one field; stored as `object`. Changes in place are noticed
 * when the document is saved, and a change of one key writes that key alone. A key that holds `undefined` is no key.
 *
 * @example
 * ```ts
 * import { Collection, DictField, Document, IntField } from 'surrealengine'
 *
 * @Collection('dict_field_example')
 * class Player extends Document<Player>() {
 *   @DictField(IntField()) scores?: Record<string, number>
 * }
 * Player.objects.filter({ scores__chess__gte: 5 })
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `scores` ON `dict_field_example` TYPE none | object
 * DEFINE FIELD OVERWRITE `scores`.* ON `dict_field_example` TYPE int
 * ```
 */
export function DictField<Item>(
  item: FieldDecorator<Item>,
  options?: FieldOptions<Record<string, Item>>,
): FieldDecorator<Record<string, Item>> {
  return fieldDecorator(
    new DictKind(item.field.asPart('A DictField'), options as FieldOptions<Values>) as unknown as Field<
      Record<string, Item>
    >,
  )
}
