import { z } from 'zod'
import { checkUntold, readJson, validateElement } from './element.js'
import type { Field } from '../field.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import type { Findings, ValuePath } from '../findings.js'
import type { ItemLimits } from './item-limits.js'
import { ItemsField, keepSame } from './items-field.js'
import { itemsOfSet, type TransformTable } from '../lookups/filter-step.js'
import { setLookups, type LookupTable } from '../lookups/lookups.js'
import { setTransforms } from '../lookups/transforms.js'

/** What a set field can be told besides the options of every field. */
export interface SetFieldOptions<Item> extends FieldOptions<Set<Item>>, ItemLimits {}

class SetKind<Item> extends ItemsField<Item, Set<Item>> {
  readonly kind = 'set'

  constructor(item: Field<Item>, options: SetFieldOptions<Item> = {}) {
    super(item, options, 'A SetField')
    checkUntold(item, 'A SetField')
  }

  accepts(value: unknown): boolean {
    return value instanceof Set && [...value].every((item) => this.item.accepts(item))
  }

  protected buildSchema(): z.ZodType {
    const items = this.listOf(z.unknown())
    return z
      .custom<Set<unknown>>((value) => value instanceof Set, 'must be a Set: new Set([…])')
      .transform((value) => [...value])
      .pipe(items)
  }

  databaseType(): string {
    return this.typeOf('set')
  }

  protected override validateValue(value: unknown, path: ValuePath, findings: Findings): void {
    super.validateValue(value, path, findings)
    if (!(value instanceof Set)) return
    for (const [index, item] of [...value].entries())
      validateElement(this.item, item, { path: [...path, index], findings })
  }

  protected override convert(value: unknown): unknown {
    if (!(value instanceof Set)) return super.convert(value)
    const items = [...value]
    const coerced = keepSame(items, (item) => this.item.coerce(item))
    return super.convert(coerced === items ? value : new Set(coerced))
  }

  override fromJson(json: unknown): Set<Item> {
    return new Set((json as unknown[]).map((item) => readJson(this.item, item) as Item))
  }

  override zodType(): z.ZodType {
    const items = this.listOf(this.item.zodType())
    return z
      .preprocess((value) => (value instanceof Set ? [...value] : value), items)
      .transform((list) => new Set(list))
  }

  protected override valueToDatabase(value: Set<Item>): unknown {
    return value instanceof Set ? new Set([...value].map((item) => this.item.toDatabase(item))) : value
  }

  protected override valueFromDatabase(stored: unknown): Set<Item> {
    const items = stored instanceof Set || Array.isArray(stored) ? [...stored] : undefined
    return (items ? new Set(items.map((item) => this.item.fromDatabase(item))) : stored) as Set<Item>
  }

  /** Before version 3, a set is stored as a list. */
  override isUnchanged(value: unknown, stored: unknown): boolean {
    return super.isUnchanged(value, Array.isArray(stored) ? new Set(stored) : stored)
  }

  override get lookups(): LookupTable {
    return setLookups
  }

  override get transforms(): TransformTable<Field> {
    return setTransforms
  }

  protected readonly itemsOf = itemsOfSet
}

/**
 * Values of one field, each of them once, as a Set; stored as `set`. Adding and deleting in place is noticed when the
 * document is saved; a changed set is written as a whole. The database keeps its own order, and one of several values that
 * are equal to it, as two dates of one time are. JSON has a list in its place.
 *
 * @example
 * ```ts
 * import { Collection, Document, SetField, StringField } from 'surrealengine'
 *
 * @Collection('set_field_example')
 * class Person extends Document<Person>() {
 *   @SetField(StringField()) languages?: Set<string>
 * }
 * Person.objects.filter({ languages__contains: 'French' })
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `languages` ON `set_field_example` TYPE none | null | set<string>
 * ```
 */
export function SetField<Item>(item: FieldDecorator<Item>, options?: SetFieldOptions<Item>): FieldDecorator<Set<Item>> {
  return fieldDecorator(new SetKind(item.field.asPart('A SetField'), options))
}
