import { z } from 'zod'
import { checkElement } from './element.js'
import { Field, type EmbeddedFields, type LinkedStructure, type OnDelete } from '../field.js'
import type { FieldOptions } from '../field-options.js'
import type { FilterStep } from '../lookups/filter-step.js'
import { checkItemLimits, limitItems, type ItemLimits } from './item-limits.js'
import type { Expression } from '../../surrealql/nodes/expression.js'

/** What lists and sets have in common: items that are all of one field, and of which JSON has a list. */
export abstract class ItemsField<Item, Items> extends Field<Items> {
  declare readonly options: FieldOptions<Items> & ItemLimits

  constructor(
    readonly item: Field<Item>,
    options: FieldOptions<Items> & ItemLimits,
    name: string,
  ) {
    super(options)
    checkElement(item, name)
    checkItemLimits(options)
  }

  /** Where there is one length only, the database knows it: as the exact one, and before version 3 as the largest. */
  protected typeOf(word: 'array' | 'set'): string {
    const { minLength, maxLength } = this.options
    const length = minLength === maxLength && maxLength !== undefined && maxLength > 0 ? `, ${maxLength}` : ''
    return `${word}<${this.item.databaseType()}${length}>`
  }

  /** A list with the limits of the options. */
  protected listOf(item: z.ZodType): z.ZodArray {
    return limitItems(z.array(item), this.options)
  }

  override jsonForm(): z.ZodType {
    return this.listOf(this.item.jsonForm())
  }

  override get element(): Field {
    return this.item
  }

  override get linked(): readonly LinkedStructure[] {
    return this.item.linked
  }

  /** The items as a list that conditions can be looked for in. */
  protected abstract itemsOf(value: Expression): Expression

  /** `any` and `all` ask the items; so does the name of a field that items have, which is short for `any` and that name. */
  override filterSteps(name: string): readonly FilterStep<Field>[] {
    if (name === 'any' || name === 'all') return [this.#items(name === 'all')]
    const own = super.filterSteps(name)
    if (own.length > 0 || this.lookup(name)) return own
    const inner = this.item.fieldAt(name)
    return inner ? [this.#items(false), { kind: 'key', key: inner.column, field: inner.field }] : []
  }

  #items(every: boolean): FilterStep<Field> {
    return { kind: 'items', every, field: this.item, items: (value) => this.itemsOf(value) }
  }

  override get embedded(): readonly EmbeddedFields[] {
    return this.item.embedded
  }

  override get onDelete(): OnDelete | undefined {
    return this.item.onDelete
  }

  override get allowsNull(): boolean {
    return super.allowsNull && !this.onDelete
  }
}

/** The same list where every item stays what it is, so that nothing seems to have changed. */
export function keepSame(list: readonly unknown[], convert: (item: unknown) => unknown): readonly unknown[] {
  let changed: unknown[] | undefined
  list.forEach((item, index) => {
    const converted = convert(item)
    if (converted === item) return
    changed ??= list.slice()
    changed[index] = converted
  })
  return changed ?? list
}
