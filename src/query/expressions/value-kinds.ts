import { AnyField } from '../../fields/any-field.js'
import { BooleanField } from '../../fields/scalars/boolean-field.js'
import { BytesField } from '../../fields/scalars/bytes-field.js'
import { AnyRecordKind } from '../../fields/links/any-record-field.js'
import { DateTimeField } from '../../fields/time/date-time-field.js'
import { DurationField } from '../../fields/time/duration-field.js'
import type { Field } from '../../fields/field.js'
import { fieldDecorator } from '../../fields/field-decorator.js'
import { GeometryField } from '../../fields/geometry/geometry-fields.js'
import { ListField } from '../../fields/containers/list-field.js'
import { IntField, NumberField } from '../../fields/numbers/number-fields.js'
import { SetField } from '../../fields/containers/set-field.js'
import { StringField } from '../../fields/text/string-field.js'
import { UUIDField } from '../../fields/scalars/uuid-field.js'
import type { ValueKind } from './functions/function-table.js'

/** The field of a value that may be anything. */
export const anyField: Field = AnyField().field

/** The field of what is true or false. */
export const booleanField: Field = BooleanField().field

/** The field of texts. */
export const textField: Field = StringField().field

/** The field of any number. */
export const numberField: Field = NumberField().field

/** The field of moments. */
export const momentField: Field = DateTimeField().field

/** The field of durations. */
export const durationField: Field = DurationField().field

/** The field of UUIDs. */
export const uuidField: Field = UUIDField().field

const listOf = (item: Field): Field => ListField(fieldDecorator(item)).field

const setOf = (item: Field): Field => SetField(fieldDecorator(item)).field

const elementOf = (asked: Field): Field => asked.element ?? anyField

/** What follows from the field that is asked, and what does not. */
const FIELDS: Readonly<Record<ValueKind, (asked: Field) => Field>> = {
  text: always(textField),
  number: always(numberField),
  whole: always(IntField().field),
  boolean: always(booleanField),
  moment: always(momentField),
  duration: always(durationField),
  geometry: always(GeometryField().field),
  uuid: always(uuidField),
  record: always(new AnyRecordKind()),
  bytes: always(BytesField().field),
  texts: always(listOf(textField)),
  numbers: always(listOf(numberField)),
  same: (asked) => asked,
  element: elementOf,
  elements: (asked) => listOf(elementOf(asked)),
  set: (asked) => setOf(elementOf(asked)),
  any: always(anyField),
}

function always(field: Field): () => Field {
  return () => field
}

/** The field of an argument, or of a result, of a method that a value of the field `asked` has. */
export function fieldOfKind(kind: ValueKind, asked: Field): Field {
  return FIELDS[kind](asked)
}
