import type { ArrowLibrary, ArrowValue } from '../../connection/arrow-library.js'
import type { ColumnType } from '../../query/columns/column-type.js'
import type { VectorType } from '../../fields/containers/vector-field.js'

/** The type that Arrow has for the values of a column. */
export function arrowTypeOf(arrow: ArrowLibrary, type: ColumnType): ArrowValue {
  const { Int64, Float64, Bool, TimestampNanosecond, Binary, Utf8, List, FixedSizeList, Struct } = arrow
  switch (type.kind) {
    case 'int':
      return new Int64()
    case 'float':
      return new Float64()
    case 'boolean':
      return new Bool()
    case 'moment':
      return new TimestampNanosecond('UTC')
    case 'bytes':
      return new Binary()
    case 'text':
    case 'json':
      return new Utf8()
    case 'list':
      return new List(arrowField(arrow, 'item', type.item))
    case 'vector':
      return new FixedSizeList(type.size, new arrow.Field('item', numberTypeOf(arrow, type.numbers), false))
    case 'object':
      return new Struct(type.parts.map((part) => arrowField(arrow, part.name, part.type)))
    default:
      return type satisfies never
  }
}

/** A column, or a part of one; its value may be missing. */
export function arrowField(arrow: ArrowLibrary, name: string, type: ColumnType): ArrowValue {
  return new arrow.Field(name, arrowTypeOf(arrow, type), true)
}

/** The type of the numbers in a vector. */
export function numberTypeOf(arrow: ArrowLibrary, numbers: VectorType): ArrowValue {
  const { Float64, Float32, Int64, Int32, Int16 } = arrow
  const types = { F64: Float64, F32: Float32, I64: Int64, I32: Int32, I16: Int16 }
  return new types[numbers]()
}
