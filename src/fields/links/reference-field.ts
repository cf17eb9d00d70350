import { z } from 'zod'
import { escapeIdentifier } from '../../surrealql/escape.js'
import { isSurql } from '../../surrealql/surql.js'
import { isPlainObject, RecordId } from '../../values.js'
import { ModelDefinitionError } from '../../errors.js'
import { commonBinding } from '../common-binding.js'
import { Field, type NamedFields, type OnDelete } from '../field.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { readRecordId } from './record-id-text.js'
import { whyNotStored } from '../stored-value.js'
import { linkedStructures, type FieldBinding, type Structure } from '../structure.js'

/** A link to a record: its id, or the document when it was loaded along. */
export type Ref<Linked> = RecordId | Linked

/** What a reference field can be told besides the options of every field. */
export interface ReferenceFieldOptions<Value = unknown> extends FieldOptions<Value> {
  /**
   * What becomes of this record when the linked one is deleted: `reject` keeps it from being deleted, `cascade` deletes this
   * one too, `unset` removes the link, `ignore` leaves it. The database then watches the link, which an
   * IncomingReferenceField needs; such a link may be missing, but not null. Statements of your own are run instead of that:
   * ``surql`UPDATE $this SET left = time::now()` ``, where `$this` is this record, and `$reference` the one that is deleted.
   * Needs a server from version 3 on.
   */
  readonly onDelete?: OnDelete
}

const ON_DELETE: readonly unknown[] = ['reject', 'cascade', 'ignore', 'unset'] satisfies readonly OnDelete[]

/** A link to a record of one model, or of one of several. */
export class ReferenceKind extends Field<unknown> {
  readonly kind = 'reference'
  declare readonly options: ReferenceFieldOptions

  constructor(
    readonly link: () => object | readonly object[],
    options: ReferenceFieldOptions = {},
  ) {
    super(options)
    const { onDelete, required } = options
    if (onDelete !== undefined && !ON_DELETE.includes(onDelete) && !isSurql(onDelete))
      throw new ModelDefinitionError(
        'INVALID_FIELD_OPTION',
        'onDelete is reject, cascade, ignore or unset, or surql`…`.',
      )
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

  override get linked(): readonly Structure[] {
    return linkedStructures(this.link, 'A ReferenceField')
  }

  /** Of several models, what they have alike. */
  override get structure(): NamedFields {
    const [only, ...others] = this.linked
    return others.length === 0 ? only! : { binding: (name) => commonBinding(this.linked, name) }
  }

  get #tables(): readonly string[] {
    return [...new Set(this.linked.map(({ table, name }) => table ?? name))]
  }

  accepts(value: unknown): boolean {
    return linkedId(value) !== undefined
  }

  protected override isSurelyValid(value: unknown): boolean {
    const id = linkedId(value)
    return id !== undefined && this.#tables.includes(id.table.name) && whyNotStored(id) === undefined
  }

  protected buildSchema(): z.ZodType {
    const tables = this.#tables
    const names = this.linked.map(({ name }) => name).join(' or ')
    return z
      .custom(
        (value) => linkedId(value) !== undefined,
        `must be a saved ${names}, or its RecordId; save the document first`,
      )
      .refine((value) => tables.includes(linkedId(value)!.table.name), `must be a record of ${tableWords(tables)}`)
      .refine((value) => whyNotStored(linkedId(value)) === undefined, {
        error: ({ input }) => whyNotStored(linkedId(input)),
      })
  }

  databaseType(): string {
    return `record<${this.#tables.map(escapeIdentifier).join(' | ')}>`
  }

  override jsonForm(): z.ZodType {
    return (this.#jsonForm ??= z
      .string()
      .refine((text) => this.#read(text) !== undefined, `must be a record id such as ${this.#tables[0]!}:key`))
  }
  #jsonForm: z.ZodType | undefined

  override fromJson(json: unknown): unknown {
    return this.#read(json as string)
  }

  #read(text: string): RecordId | undefined {
    const id = readRecordId(text)
    return id && this.#tables.includes(id.table.name) ? id : undefined
  }

  protected override valueToDatabase(value: unknown): unknown {
    return linkedId(value) ?? value
  }

  /** A link that was fetched along arrives as the record itself, whose id says of which model it is. */
  protected override valueFromDatabase(stored: unknown): unknown {
    if (!isPlainObject(stored)) return stored
    const table = linkedId(stored)?.table.name
    return (this.linked.find((each) => each.table === table) ?? this.linked[0]!).hydrate(stored)
  }

  /** A link that was fetched along is stored as its id all the same. */
  override isUnchanged(value: unknown, stored: unknown): boolean {
    return super.isUnchanged(value, linkedId(stored) ?? stored)
  }

  override get isLink(): boolean {
    return true
  }

  override fieldAt(name: string): Omit<FieldBinding, 'name'> | undefined {
    return this.structure.binding(name)
  }
}

const tableWords = (tables: readonly string[]): string =>
  tables.length === 1 ? `the table ${tables[0]!}` : `one of the tables ${tables.join(', ')}`

/** The id behind a link: the id itself, or that of the document. */
export function linkedId(value: unknown): RecordId | undefined {
  if (value instanceof RecordId) return value
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined
  return id instanceof RecordId ? id : undefined
}

/** A class that documents are made of. */
type LinkedClass = new (...values: never[]) => object

/**
 * A link to a record of another model, or of one of several; stored as `record<table>`, `record<a | b>`. Holds the record's
 * id, or the document. JSON has the id as text: `company:acme`.
 *
 * A filter goes through a link to several models by the fields that all of them have alike: the same kind, under the same
 * name in the database. Another one is a LookupError.
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
 *   @ReferenceField(() => [Person, Company]) owner?: Ref<Person | Company>
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `company` ON `reference_field_example` TYPE none | null | record<`reference_field_company`>
 * DEFINE FIELD OVERWRITE `owner` ON `reference_field_example` TYPE none | null | record<`reference_field_example` | `reference_field_company`>
 * ```
 */
export function ReferenceField<Linked extends LinkedClass>(
  link: () => Linked | readonly Linked[],
  options?: ReferenceFieldOptions<Ref<InstanceType<Linked>>>,
): FieldDecorator<Ref<InstanceType<Linked>>> {
  return fieldDecorator(new ReferenceKind(link, options as ReferenceFieldOptions) as Field<Ref<InstanceType<Linked>>>)
}
