import { z } from 'zod'
import type { ValidationIssue } from '../errors.js'
import { EACH_ELEMENT } from '../surrealql/nodes/define-statement.js'
import { Field, type FieldPart, type ValuePath } from './field.js'
import { fieldDecorator, type FieldDecorator } from './field-decorator.js'
import type { FieldOptions } from './field-options.js'
import { listLookups, type LookupTable } from './lookups.js'

/** What a list field can be told besides the options of every field. */
export interface ListFieldOptions<Item> extends FieldOptions<Item[]> {
  /** In items. */
  readonly minLength?: number
  /** In items. */
  readonly maxLength?: number
}

/** A list whose items are all of one field. */
class ListKind<Item> extends Field<Item[]> {
  readonly kind = 'list'
  declare readonly options: ListFieldOptions<Item>

  constructor(
    readonly item: Field<Item>,
    options: ListFieldOptions<Item> = {},
  ) {
    super(options)
  }

  accepts(value: unknown): boolean {
    return Array.isArray(value) && [...(value as unknown[])].every((item) => this.item.accepts(item))
  }

  protected buildSchema(): z.ZodType {
    const { minLength, maxLength } = this.options
    let schema = z.array(z.unknown())
    if (minLength !== undefined) schema = schema.min(minLength)
    if (maxLength !== undefined) schema = schema.max(maxLength)
    return schema
  }

  databaseType(): string {
    return `array<${this.item.databaseType()}>`
  }

  protected override validateValue(value: unknown, path: ValuePath, issues: ValidationIssue[]): void {
    super.validateValue(value, path, issues)
    if (!Array.isArray(value)) return
    // unlike forEach, this also visits the gaps
    for (const [index, item] of (value as unknown[]).entries()) {
      const place = [...path, index]
      if (item === undefined || item === null)
        issues.push({ path: place, code: 'required', message: 'is missing; a list has no gaps' })
      else this.item.validate(item, place, issues)
    }
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

  override parts(): readonly FieldPart[] {
    return this.item.parts().length > 0 ? [{ step: EACH_ELEMENT, field: this.item }] : []
  }
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
