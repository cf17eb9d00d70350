import { call, conditional, type Expression, type FunctionName } from '../../surrealql/nodes/expression.js'
import type { Field } from '../field.js'
import type { Transform, TransformTable } from './filter-step.js'
import { IntField } from '../numbers/number-fields.js'

const wholeNumber = IntField().field

/** What a function makes of a value of its kind; of anything else, missing values included, it is NONE. */
const wholeNumberOf = (isOfKind: FunctionName, name: FunctionName): Transform<Field> => ({
  field: wholeNumber,
  build: (value: Expression) => conditional(call(isOfKind, value), call(name, value)),
})

const ofMoment = (name: FunctionName): Transform<Field> => wholeNumberOf('type::is_datetime', name)

/** `len`: in code points. */
export const textTransforms: TransformTable<Field> = { len: wholeNumberOf('type::is_string', 'string::len') }

export const listTransforms: TransformTable<Field> = { len: wholeNumberOf('type::is_array', 'array::len') }

export const setTransforms: TransformTable<Field> = { len: wholeNumberOf('type::is_set', 'set::len') }

/** `len`: how many keys. */
export const dictTransforms: TransformTable<Field> = { len: wholeNumberOf('type::is_object', 'object::len') }

/** `len`: in bytes. */
export const bytesTransforms: TransformTable<Field> = { len: wholeNumberOf('type::is_bytes', 'bytes::len') }

/** Parts of a moment in UTC; `weekday` is 1 on Mondays and 7 on Sundays, `week` is that of ISO 8601. */
export const momentTransforms: TransformTable<Field> = {
  year: ofMoment('time::year'),
  month: ofMoment('time::month'),
  day: ofMoment('time::day'),
  hour: ofMoment('time::hour'),
  minute: ofMoment('time::minute'),
  second: ofMoment('time::second'),
  week: ofMoment('time::week'),
  weekday: ofMoment('time::wday'),
  yearday: ofMoment('time::yday'),
}
