import { z } from 'zod'
import { EACH_ELEMENT } from '../../surrealql/nodes/define-statement.js'
import { AnyKind } from '../any-field.js'
import { checkElement, checkUnwatched, needsDefinition, readJson, validateElement } from './element.js'
import { Field, type FieldPart } from '../field.js'
import type { FieldOptions } from '../field-options.js'
import type { Findings, ValuePath } from '../findings.js'
import { keepSame } from './items-field.js'
import { listLookups, type LookupTable } from '../lookups/lookups.js'

type Items = readonly unknown[]

/** A list with a field for each place, and one for all places after those. */
export class TupleKind extends Field<Items> {
  readonly kind = 'tuple'

  constructor(
    readonly items: readonly Field[],
    readonly rest: Field | undefined,
    options: FieldOptions<Items> = {},
  ) {
    super(options)
    for (const item of this.#all) checkUnwatched(checkElement(item, 'A tuple'), 'A tuple')
  }

  get #all(): readonly Field[] {
    return this.rest ? [...this.items, this.rest] : this.items
  }

  /** The field of a place; what stands where nothing belongs is refused by the length. */
  #at(index: number): Field {
    return this.items[index] ?? this.rest ?? anyValue
  }

  /** Places at the end that may hold nothing may be missing. */
  get #least(): number {
    return this.items.findLastIndex((item) => !item.takesNothing || item.options.required) + 1
  }

  accepts(value: unknown): boolean {
    return Array.isArray(value) && this.#hasLength(value) && value.every((item, index) => this.#accepts(item, index))
  }

  #accepts(item: unknown, index: number): boolean {
    const field = this.#at(index)
    return item === undefined || item === null ? field.takesNothing : field.accepts(item)
  }

  #hasLength(value: Items): boolean {
    return value.length >= this.#least && (this.rest !== undefined || value.length <= this.items.length)
  }

  protected buildSchema(): z.ZodType {
    const most = this.rest ? 'or more' : this.#least < this.items.length ? `to ${this.items.length}` : ''
    return z
      .custom<Items>(Array.isArray, 'must be a list')
      .refine((value) => this.#hasLength(value), `must have ${[this.#least, most].join(' ').trim()} items`)
  }

  databaseType(): string {
    return `array<${this.#each.databaseType()}>`
  }

  /** What the database is told of the items: it knows lists of one kind. */
  get #each(): Field {
    const [first] = this.#all
    const isOne = first && this.#all.every((item) => item.databaseType() === first.databaseType())
    return isOne && first.parts().length === 0 && !first.isFlexible ? first : anyValue
  }

  override parts(): readonly FieldPart[] {
    return needsDefinition(this.#each) ? [{ step: EACH_ELEMENT, field: this.#each }] : []
  }

  override get element(): Field {
    return this.#each
  }

  protected override validateValue(value: unknown, path: ValuePath, findings: Findings): void {
    const before = findings.issues.length
    super.validateValue(value, path, findings)
    if (findings.issues.length > before) return
    for (const [index, item] of (value as Items).entries())
      validateElement(this.#at(index), item, { path: [...path, index], findings })
  }

  protected override convert(value: unknown): unknown {
    if (!Array.isArray(value)) return super.convert(value)
    let index = 0
    return super.convert(keepSame(value, (item) => this.#at(index++).coerce(item)))
  }

  override jsonForm(): z.ZodType {
    const [first, ...others] = this.items.map((item) => item.jsonForm())
    if (!first) return z.array(this.#at(0).jsonForm())
    return this.rest ? z.tuple([first, ...others], this.rest.jsonForm()) : z.tuple([first, ...others])
  }

  override fromJson(json: unknown): Items {
    return (json as Items).map((item, index) => readJson(this.#at(index), item))
  }

  protected override valueToDatabase(value: Items): unknown {
    return Array.isArray(value) ? Array.from(value, (item, index) => this.#at(index).toDatabase(item)) : value
  }

  protected override valueFromDatabase(stored: unknown): Items {
    return (Array.isArray(stored) ? stored.map((item, index) => this.#at(index).fromDatabase(item)) : stored) as Items
  }

  override isUnchanged(value: unknown, stored: unknown): boolean {
    if (!Array.isArray(value) || !Array.isArray(stored)) return super.isUnchanged(value, stored)
    return (
      value.length === stored.length && stored.every((item, index) => this.#at(index).isUnchanged(value[index], item))
    )
  }

  override get lookups(): LookupTable {
    return listLookups
  }
}

const anyValue = new AnyKind()
