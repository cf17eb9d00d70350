import { z } from 'zod'
import { EACH_ELEMENT } from '../../surrealql/nodes/define-statement.js'
import { AnyKind } from '../any-field.js'
import { needsDefinition, readJson, validateElement } from './element.js'
import type { Field, FieldPart } from '../field.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import type { Findings, ValuePath } from '../findings.js'
import type { ItemLimits } from './item-limits.js'
import { ItemsField, keepSame } from './items-field.js'
import { itemsOfList, type FilterStep, type TransformTable } from '../lookups/filter-step.js'
import { listLookups, type LookupTable } from '../lookups/lookups.js'
import { listTransforms } from '../lookups/transforms.js'

/** What a list field can be told besides the options of every field. */
export interface ListFieldOptions<Item> extends FieldOptions<Item[]>, ItemLimits {}

/** A list whose items are all of one field. */
export class ListKind<Item> extends ItemsField<Item, Item[]> {
  readonly kind = 'list'
  readonly #isOpen: boolean

  /** Without a field for the items, the database is told nothing of them. */
  constructor(item: Field<Item> | undefined, options: ListFieldOptions<Item> = {}) {
    super(item ?? (new AnyKind() as Field<unknown> as Field<Item>), options, 'A ListField')
    this.#isOpen = item === undefined
  }

  accepts(value: unknown): boolean {
    return Array.isArray(value) && [...(value as unknown[])].every((item) => this.item.accepts(item))
  }

  protected override isSurelyValid(value: unknown): boolean {
    const { minLength, maxLength } = this.options
    return Array.isArray(value) && minLength === undefined && maxLength === undefined
  }

  protected buildSchema(): z.ZodType {
    return this.listOf(z.unknown())
  }

  databaseType(): string {
    return this.typeOf('array')
  }

  protected override validateValue(value: unknown, path: ValuePath, findings: Findings): void {
    super.validateValue(value, path, findings)
    if (!Array.isArray(value)) return
    // unlike forEach, this also visits the gaps
    for (const [index, item] of (value as unknown[]).entries())
      validateElement(this.item, item, { path: [...path, index], findings })
  }

  protected override convert(value: unknown): unknown {
    if (!Array.isArray(value)) return super.convert(value)
    return super.convert(keepSame(value, (item) => this.item.coerce(item)))
  }

  override fromJson(json: unknown): Item[] {
    return (json as unknown[]).map((item) => readJson(this.item, item) as Item)
  }

  override zodType(): z.ZodType {
    return this.listOf(this.item.zodType())
  }

  protected override valueToDatabase(value: Item[]): unknown {
    return Array.isArray(value) ? Array.from(value, (item) => this.item.toDatabase(item)) : value
  }

  protected override valueFromDatabase(stored: unknown): Item[] {
    return (Array.isArray(stored) ? stored.map((item) => this.item.fromDatabase(item)) : stored) as Item[]
  }

  override isUnchanged(value: unknown, stored: unknown): boolean {
    if (!Array.isArray(value) || !Array.isArray(stored)) return super.isUnchanged(value, stored)
    return value.length === stored.length && stored.every((item, index) => this.item.isUnchanged(value[index], item))
  }

  override get lookups(): LookupTable {
    return listLookups
  }

  override get transforms(): TransformTable<Field> {
    return listTransforms
  }

  protected readonly itemsOf = itemsOfList

  /** A number is a place, counted from 0. */
  override filterSteps(name: string): readonly FilterStep<Field>[] {
    if (/^\d{1,9}$/.test(name)) return [{ kind: 'key', key: Number(name), field: this.item }]
    return super.filterSteps(name)
  }

  override parts(): readonly FieldPart[] {
    return !this.#isOpen && needsDefinition(this.item) ? [{ step: EACH_ELEMENT, field: this.item }] : []
  }
}

/**
 * A list of one kind of value; stored as `array`. Changes in place (`push`, `sort`, an item's own fields) are noticed
 * when the document is saved. With one length only, `minLength` and `maxLength` the same, the database knows it too.
 *
 * Without a field the items may be of any kind, and the database is told nothing of them: a table with a schema then takes
 * no objects in a list that is required. `ListField(AnyField())` tells it that there may be anything.
 *
 * @example
 * ```ts
 * import { Collection, Document, ListField, StringField } from 'surrealengine'
 *
 * @Collection('list_field_example')
 * class Person extends Document<Person>() {
 *   @ListField(StringField()) tags?: string[]
 *   @ListField(StringField(), { minLength: 2, maxLength: 2 }) initials?: string[]
 *   @ListField() things?: unknown[]
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `tags` ON `list_field_example` TYPE none | null | array<string>
 * DEFINE FIELD OVERWRITE `initials` ON `list_field_example` TYPE none | null | array<string, 2>
 * DEFINE FIELD OVERWRITE `things` ON `list_field_example` TYPE none | null | array<any>
 * ```
 */
export function ListField<Item = unknown>(
  item?: FieldDecorator<Item>,
  options?: ListFieldOptions<Item>,
): FieldDecorator<Item[]> {
  return fieldDecorator(new ListKind(item?.field.asPart('A ListField'), options))
}
