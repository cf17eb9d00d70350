import { familyOf } from '../../fields/lookups/family.js'
import type { Field } from '../../fields/field.js'
import { OwnIdField } from '../../fields/links/own-id-field.js'
import type { Structure } from '../../fields/structure.js'
import { dimensionOf, numbersOf, type VectorType } from '../../fields/containers/vector-field.js'

/** What the values of a column are, as far as a table outside of the database has a type for it. */
export type ColumnType =
  | { readonly kind: 'int' | 'float' | 'boolean' | 'moment' | 'bytes' }
  /** Text as `toJSON()` has it. */
  | { readonly kind: 'text' }
  /** Anything else, as the text of its JSON. */
  | { readonly kind: 'json' }
  | { readonly kind: 'list'; readonly item: ColumnType }
  | { readonly kind: 'vector'; readonly size: number; readonly numbers: VectorType }
  | { readonly kind: 'object'; readonly parts: readonly ColumnPart[] }

/** A key of an object. */
export interface ColumnPart {
  readonly name: string
  /** In the database. */
  readonly column: string
  readonly type: ColumnType
}

/** The type of a column with the values of a field. */
export function columnTypeOf(field: Field): ColumnType {
  const [size, numbers] = [dimensionOf(field), numbersOf(field)]
  if (size !== undefined && numbers !== undefined) return { kind: 'vector', size, numbers }
  // the database defines no type for it, and yet it always is a record id
  if (field instanceof OwnIdField) return { kind: 'text' }
  const type = withoutNothing(field.databaseType())
  switch (familyOf(type)) {
    case 'number':
      return numberType(type)
    case 'boolean':
      return { kind: 'boolean' }
    case 'moment':
      return { kind: 'moment' }
    case 'bytes':
      return { kind: 'bytes' }
    case 'text':
    case 'duration':
    case 'record':
    case 'uuid':
      return { kind: 'text' }
    case 'list':
    case 'set':
      return field.element ? { kind: 'list', item: columnTypeOf(field.element) } : { kind: 'json' }
    case 'object':
      return objectType(field)
    case 'geometry':
    case 'any':
      return { kind: 'json' }
  }
}

/** Every column may be without a value. */
function withoutNothing(type: string): string {
  return type.replaceAll(/^(?:(?:none|null) \| )+|(?: \| (?:none|null))+$/g, '')
}

/** Decimals have no common number of digits, and are texts. */
function numberType(type: string): ColumnType {
  if (type === 'int' || /^-?\d+(?: \| -?\d+)*$/.test(type)) return { kind: 'int' }
  return { kind: type === 'decimal' ? 'text' : 'float' }
}

function objectType(field: Field): ColumnType {
  const bindings = (field.structure as Structure | undefined)?.bindings ?? []
  if (field.isFlexible || bindings.length === 0) return { kind: 'json' }
  const parts = bindings.map(({ name, column, field: part }) => ({ name, column, type: columnTypeOf(part) }))
  return { kind: 'object', parts }
}
