import { ModelDefinitionError } from '../../errors.js'
import { escapeIdentifier } from '../../surrealql/escape.js'
import { findsReferencesOf } from '../../surrealql/quoted-names.js'
import { surql } from '../../surrealql/surql.js'
import type { ComputedFieldOptions } from '../computed/computed-field.js'
import type { Field, FieldPart } from '../field.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import { ListKind } from '../containers/list-field.js'
import { ReferenceKind, type Ref } from './reference-field.js'
import { linkedStructure } from '../structure.js'
import { ofRecordsOnly } from '../computed/of-records-only.js'
import { WrapperField } from '../containers/wrapper-field.js'

/**
 * While a record is written, the database finds those that link to it, but not yet the record itself, nor those that are
 * inserted along with it: there is nothing in their places.
 */
class IncomingListKind extends ListKind<unknown> {
  override databaseType(): string {
    return `array<none | ${this.item.databaseType()}>`
  }

  protected override valueFromDatabase(stored: unknown): unknown[] {
    return super.valueFromDatabase(stored).filter((link) => link !== undefined && link !== null)
  }
}

class IncomingReferenceKind extends WrapperField<unknown[]> {
  constructor(link: () => object, name: string, options: ComputedFieldOptions = {}) {
    // it names the other table, which is known once both classes are
    const computed = Object.defineProperty(surql``, 'query', { get: () => incoming(link, name), enumerable: true })
    super(new IncomingListKind(new ReferenceKind(link)), { ...options, computed })
  }

  override asPart(holder: string): never {
    throw ofRecordsOnly(
      holder,
      'an IncomingReferenceField; the database finds what points at a record only. Drop the holder',
    )
  }

  /** There is nothing while the record is being deleted. */
  override typeExpression(): string {
    return `none | ${this.databaseType()}`
  }

  override get onDelete(): undefined {
    return undefined
  }

  override parts(): readonly FieldPart[] {
    return []
  }

  override collectChanges(): void {
    // nothing of it is stored
  }
}

function incoming(link: () => object, name: string): string {
  const structure = linkedStructure(link, 'An IncomingReferenceField')
  const { table } = structure
  const found = structure.binding(name)
  if (table === undefined || found?.field.onDelete === undefined) {
    throw new ModelDefinitionError(
      'INVALID_FIELD_OPTION',
      `An IncomingReferenceField names ${structure.name}.${name}, which is no reference with the option "onDelete"; only those are followed back.`,
    )
  }
  if (!findsReferencesOf(found.column)) {
    throw new ModelDefinitionError(
      'INVALID_FIELD_OPTION',
      `An IncomingReferenceField names ${structure.name}.${name}, which is stored as "${found.column}"; the database finds no references of a name that has to be quoted. Give that field another dbField.`,
    )
  }
  return `<~(${escapeIdentifier(table)} FIELD ${escapeIdentifier(found.column)})`
}

/**
 * The records of another model, or of the same one, whose reference field points at this one, as the database finds them
 * whenever the record is read; what a write gives back lacks those that were written with it. The reference field needs the option `onDelete`, and a name in the database that needs no quotes. Needs a server from
 * version 3 on.
 *
 * @example
 * ```ts
 * import { Collection, Document, IncomingReferenceField, ReferenceField, type Ref } from 'surrealengine'
 *
 * @Collection('incoming_reference_writer')
 * class Writer extends Document<Writer>() {
 *   @IncomingReferenceField(() => Book, 'author') readonly books?: Ref<Book>[]
 * }
 * @Collection('incoming_reference_book')
 * class Book extends Document<Book>() {
 *   @ReferenceField(() => Writer, { onDelete: 'unset' }) author?: Ref<Writer>
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `books` ON `incoming_reference_writer` TYPE none | array<none | record<`incoming_reference_book`>> COMPUTED <~(`incoming_reference_book` FIELD `author`)
 * ```
 */
export function IncomingReferenceField<Linked extends object>(
  link: () => new (...values: never[]) => Linked,
  name: keyof Linked & string,
  options?: ComputedFieldOptions,
): FieldDecorator<Ref<Linked>[]> {
  return fieldDecorator(new IncomingReferenceKind(link, name, options) as unknown as Field<Ref<Linked>[]>)
}
