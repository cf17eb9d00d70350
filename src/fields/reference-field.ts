import { z } from 'zod'
import { escapeIdentifier } from '../surrealql/escape.js'
import { isPlainObject, RecordId } from '../values.js'
import { ModelDefinitionError } from '../errors.js'
import { Field, type OnDelete } from './field.js'
import { fieldDecorator, type FieldDecorator } from './field-decorator.js'
import type { FieldOptions } from './field-options.js'
import { parseRecordId } from './record-id-text.js'
import { linkedStructure, type FieldBinding, type Structure } from './structure.js'

/** A link to a record: its id, or the document when it was loaded along. */
export type Ref<Linked> = RecordId | Linked

/** What a reference field can be told besides the options of every field. */
export interface ReferenceFieldOptions<Value = unknown> extends FieldOptions<Value> {
  /**
   * What becomes of this record when the linked one is deleted: `reject` keeps it from being deleted, `cascade` deletes this
   * one too, `unset` removes the link, `ignore` leaves it. The database then watches the link, which an
   * IncomingReferenceField needs; such a link may be missing, but not null. Needs a server from version 3 on.
   */
  readonly onDelete?: OnDelete
}

const ON_DELETE: readonly unknown[] = ['reject', 'cascade', 'ignore', 'unset'] satisfies readonly OnDelete[]

export class ReferenceKind extends Field<unknown> {
  readonly kind = 'reference'
  declare readonly options: ReferenceFieldOptions

  constructor(
    readonly link: () => object,
    options: ReferenceFieldOptions = {},
  ) {
    super(options)
    const { onDelete, required } = options
    if (onDelete !== undefined && !ON_DELETE.includes(onDelete))
      throw new ModelDefinitionError('INVALID_FIELD_OPTION', 'onDelete is reject, cascade, ignore or unset.')
    if (onDelete === 'unset' && required) {
      throw new ModelDefinitionError(
        'INVALID_FIELD_OPTION',
        'A required reference cannot be unset; choose another onDelete, or drop required.',
      )
    }
  }

  override get onDelete(): OnDelete | undefined {
    return this.options.onDelete
  }

  /** The database watches nothing that may be null. */
  override get allowsNull(): boolean {
    return super.allowsNull && this.onDelete === undefined
  }

  override get structure(): Structure {
    return linkedStructure(this.link, 'A ReferenceField')
  }

  override get linked(): readonly Structure[] {
    return [this.structure]
  }

  get #table(): string {
    return this.structure.table ?? this.structure.name
  }

  accepts(value: unknown): boolean {
    return linkedId(value) !== undefined
  }

  protected override isSurelyValid(value: unknown): boolean {
    return linkedId(value)?.table.name === this.#table
  }

  protected buildSchema(): z.ZodType {
    const table = this.#table
    return z
      .custom(
        (value) => linkedId(value) !== undefined,
        `must be a saved ${this.structure.name}, or its RecordId; save the document first`,
      )
      .refine((value) => linkedId(value)?.table.name === table, `must be a record of the table ${table}`)
  }

  databaseType(): string {
    return `record<${escapeIdentifier(this.#table)}>`
  }

  override jsonForm(): z.ZodType {
    return (this.#jsonForm ??= z
      .string()
      .refine(
        (text) => parseRecordId(this.#table, text) !== undefined,
        `must be a record id such as ${this.#table}:key`,
      ))
  }
  #jsonForm: z.ZodType | undefined

  override fromJson(json: unknown): unknown {
    return parseRecordId(this.#table, json as string)
  }

  protected override valueToDatabase(value: unknown): unknown {
    return linkedId(value) ?? value
  }

  /** A link that was fetched along arrives as the record itself. */
  protected override valueFromDatabase(stored: unknown): unknown {
    return isPlainObject(stored) ? this.structure.hydrate(stored) : stored
  }

  /** A link that was fetched along is stored as its id all the same. */
  override isUnchanged(value: unknown, stored: unknown): boolean {
    return super.isUnchanged(value, linkedId(stored) ?? stored)
  }

  override get isLink(): boolean {
    return true
  }

  override fieldAt(name: string): FieldBinding | undefined {
    return this.structure.binding(name)
  }
}

/** The id behind a link: the id itself, or that of the document. */
export function linkedId(value: unknown): RecordId | undefined {
  if (value instanceof RecordId) return value
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined
  return id instanceof RecordId ? id : undefined
}

/**
 * A link to a record of another model; stored as `record<table>`. Holds the record's id, or the document. JSON has the id
 * as text: `company:acme`.
 *
 * @example
 * ```ts
 * import { Collection, Document, ReferenceField, StringField, type Ref } from 'surrealengine'
 *
 * @Collection('reference_field_company')
 * class Company extends Document<Company>() {
 *   @StringField() name?: string
 * }
 *
 * @Collection('reference_field_example')
 * class Person extends Document<Person>() {
 *   @ReferenceField(() => Company) company?: Ref<Company>
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `company` ON `reference_field_example` TYPE none | null | record<`reference_field_company`>
 * ```
 */
export function ReferenceField<Linked extends object>(
  link: () => new (...values: never[]) => Linked,
  options?: ReferenceFieldOptions<Ref<Linked>>,
): FieldDecorator<Ref<Linked>> {
  return fieldDecorator(new ReferenceKind(link, options as ReferenceFieldOptions) as Field<Ref<Linked>>)
}
