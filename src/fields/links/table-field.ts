import { z } from 'zod'
import { ModelDefinitionError } from '../../errors.js'
import { escapeIdentifier } from '../../surrealql/escape.js'
import { Table } from '../../values.js'
import { Field } from '../field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { IDENTIFIER_TEXT, readIdentifier } from './identifier-text.js'
import { storedOnly } from '../stored-value.js'
import { scalarDecorator } from '../scalar-decorator.js'

/** What a table field can be told besides the options of every field. */
export interface TableFieldOptions extends FieldOptions<Table> {
  /** The only tables allowed; default: any. */
  readonly tables?: readonly string[]
}

const TABLE_TEXT = new RegExp(`^${IDENTIFIER_TEXT}$`)

class TableKind extends Field<Table> {
  readonly kind = 'table'
  declare readonly options: TableFieldOptions

  constructor(options: TableFieldOptions = {}) {
    super(options)
    if (options.tables?.length === 0)
      throw new ModelDefinitionError('INVALID_FIELD_OPTION', 'tables is empty, so that no value is left; name some.')
  }

  accepts(value: unknown): boolean {
    return value instanceof Table
  }

  protected buildSchema(): z.ZodType {
    const { tables } = this.options
    const table = storedOnly(z.custom<Table>((value) => value instanceof Table, "must be a Table: new Table('person')"))
    return tables
      ? table.refine(({ name }) => tables.includes(name), `must be one of the tables ${tables.join(', ')}`)
      : table
  }

  /** What the database calls `table`, without names, takes a string and refuses a table. */
  databaseType(): string {
    const { tables } = this.options
    return tables ? `table<${tables.map(escapeIdentifier).join(' | ')}>` : 'any'
  }

  override jsonForm(): z.ZodType {
    return z.string().regex(TABLE_TEXT, 'must be the name of a table')
  }

  override fromJson(json: unknown): Table {
    return new Table(readIdentifier(json as string))
  }
}

/**
 * The name of a table, as the driver's Table; stored as a table. With `tables`, the database knows them too; servers
 * before version 3 have no type for that.
 *
 * @example
 * ```ts
 * import { Collection, Document, TableField, type Table } from 'surrealengine'
 *
 * @Collection('table_field_example')
 * class Import extends Document<Import>() {
 *   @TableField({ tables: ['person', 'company'] }) into?: Table
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `into` ON `table_field_example` TYPE none | null | table<`person` | `company`>
 * ```
 */
export function TableField(options?: TableFieldOptions): FieldDecorator<Table> {
  return scalarDecorator(new TableKind(options))
}
