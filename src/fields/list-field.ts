import { z } from 'zod'
import { EACH_ELEMENT } from '../surrealql/nodes/define-statement.js'
import { checkElement, needsDefinition, readJson, validateElement } from './element.js'
import { Field, type FieldPart, type OnDelete, type EmbeddedFields } from './field.js'
import { fieldDecorator, type FieldDecorator } from './field-decorator.js'
import type { FieldOptions } from './field-options.js'
import type { Findings, ValuePath } from './findings.js'
import { checkItemLimits, limitItems, type ItemLimits } from './item-limits.js'
import { listLookups, type LookupTable } from './lookups.js'

/** What a list field can be told besides the options of every field. */
export interface ListFieldOptions<Item> extends FieldOptions<Item[]>, ItemLimits {}

/** A list whose items are all of one field. */
export class ListKind<Item> extends Field<Item[]> {
  readonly kind = 'list'
  declare readonly options: ListFieldOptions<Item>

  constructor(
    readonly item: Field<Item>,
    options: ListFieldOptions<Item> = {},
  ) {
    super(options)
    checkElement(item, 'A ListField')
    checkItemLimits(options)
  }

  accepts(value: unknown): boolean {
    return Array.isArray(value) && [...(value as unknown[])].every((item) => this.item.accepts(item))
  }

  protected buildSchema(): z.ZodType {
    return limitItems(z.array(z.unknown()), this.options)
  }

  databaseType(): string {
    return `array<${this.item.databaseType()}>`
  }

  protected override validateValue(value: unknown, path: ValuePath, findings: Findings): void {
    super.validateValue(value, path, findings)
    if (!Array.isArray(value)) return
    // unlike forEach, this also visits the gaps
    for (const [index, item] of (value as unknown[]).entries())
      validateElement(this.item, item, { path: [...path, index], findings })
  }

  override coerce(value: unknown): unknown {
    if (!Array.isArray(value)) return super.coerce(value)
    return super.coerce(keepSame(value, (item) => this.item.coerce(item)))
  }

  override jsonForm(): z.ZodType {
    return limitItems(z.array(this.item.jsonForm()), this.options)
  }

  override fromJson(json: unknown): Item[] {
    return (json as unknown[]).map((item) => readJson(this.item, item) as Item)
  }

  override zodType(): z.ZodType {
    return limitItems(z.array(this.item.zodType()), this.options)
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

  override get element(): Field {
    return this.item
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

  override parts(): readonly FieldPart[] {
    return needsDefinition(this.item) ? [{ step: EACH_ELEMENT, field: this.item }] : []
  }
}

/** The same list where every item stays what it is, so that nothing seems to have changed. */
function keepSame(list: readonly unknown[], convert: (item: unknown) => unknown): readonly unknown[] {
  const converted = list.map(convert)
  return converted.every((item, index) => item === list[index]) ? list : converted
}

/**
 * A list of one kind of value; stored as `array`. Changes in place (`push`, `sort`, an item's own fields) are noticed
 * when the document is saved.
 *
 * @example
 * ```ts
 * import { Collection, Document, ListField, StringField } from 'surrealengine'
 *
 * @Collection('list_field_example')
 * class Person extends Document<Person>() {
 *   @ListField(StringField()) tags?: string[]
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `tags` ON `list_field_example` TYPE none | null | array<string>
 * ```
 */
export function ListField<Item>(item: FieldDecorator<Item>, options?: ListFieldOptions<Item>): FieldDecorator<Item[]> {
  return fieldDecorator(new ListKind(item.field, options))
}
