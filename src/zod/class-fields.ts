import { BytesField } from '../fields/scalars/bytes-field.js'
import { DateTimeField } from '../fields/time/date-time-field.js'
import { DecimalField } from '../fields/numbers/decimal-field.js'
import { DurationField } from '../fields/time/duration-field.js'
import type { FieldDecorator } from '../fields/field-decorator.js'
import type { FieldOptions } from '../fields/field-options.js'
import { FileField } from '../fields/scalars/file-field.js'
import {
  GeometryCollectionField,
  GeometryField,
  LineField,
  MultiLineField,
  MultiPointField,
  MultiPolygonField,
  PointField,
  PolygonField,
} from '../fields/geometry/geometry-fields.js'
import { RecordIDField } from '../fields/links/record-id-field.js'
import { RegexField } from '../fields/text/regex-field.js'
import { TableField } from '../fields/links/table-field.js'
import { UUIDField } from '../fields/scalars/uuid-field.js'
import {
  DateTime,
  Decimal,
  Duration,
  FileRef,
  Geometry,
  GeometryCollection,
  GeometryLine,
  GeometryMultiLine,
  GeometryMultiPoint,
  GeometryMultiPolygon,
  GeometryPoint,
  GeometryPolygon,
  RecordId,
  Table,
  Uuid,
} from '../values.js'

type MakeField = (options: FieldOptions<never>) => FieldDecorator<never>

/** The fields of values that are instances of a class, for `z.instanceof()`. */
const BY_CLASS: ReadonlyMap<unknown, MakeField> = new Map<unknown, MakeField>([
  [Date, make((options: FieldOptions<Date>) => DateTimeField(options))],
  [DateTime, make((options: FieldOptions<DateTime>) => DateTimeField({ ...options, precision: 'nanosecond' }))],
  [Uint8Array, make(BytesField)],
  [Decimal, make(DecimalField)],
  [Duration, make(DurationField)],
  [Uuid, make(UUIDField)],
  [RecordId, make(RecordIDField)],
  [Table, make(TableField)],
  [FileRef, make(FileField)],
  [RegExp, make(RegexField)],
  [Geometry, make(GeometryField)],
  [GeometryPoint, make(PointField)],
  [GeometryLine, make(LineField)],
  [GeometryPolygon, make(PolygonField)],
  [GeometryMultiPoint, make(MultiPointField)],
  [GeometryMultiLine, make(MultiLineField)],
  [GeometryMultiPolygon, make(MultiPolygonField)],
  [GeometryCollection, make(GeometryCollectionField)],
])

function make<Value>(build: (options: FieldOptions<Value>) => FieldDecorator<Value>): MakeField {
  return build as unknown as MakeField
}

/** The field of a class's instances; undefined where the database has no such values. */
export function fieldOfClass(target: unknown): MakeField | undefined {
  return BY_CLASS.get(target)
}
