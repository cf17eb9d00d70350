import type { FunctionTable } from './function-table.js'

/** What can be asked of any value, a missing one included. */
export const typeFunctions = {
  isText: { engine: 'type::is_string', takes: [], gives: 'boolean', takesMissing: true },
  isNumber: { engine: 'type::is_number', takes: [], gives: 'boolean', takesMissing: true },
  isInt: { engine: 'type::is_int', takes: [], gives: 'boolean', takesMissing: true },
  isFloat: { engine: 'type::is_float', takes: [], gives: 'boolean', takesMissing: true },
  isDecimal: { engine: 'type::is_decimal', takes: [], gives: 'boolean', takesMissing: true },
  isBoolean: { engine: 'type::is_bool', takes: [], gives: 'boolean', takesMissing: true },
  isMoment: { engine: 'type::is_datetime', takes: [], gives: 'boolean', takesMissing: true },
  isDuration: { engine: 'type::is_duration', takes: [], gives: 'boolean', takesMissing: true },
  isList: { engine: 'type::is_array', takes: [], gives: 'boolean', takesMissing: true },
  isSet: { engine: 'type::is_set', takes: [], gives: 'boolean', takesMissing: true },
  isObject: { engine: 'type::is_object', takes: [], gives: 'boolean', takesMissing: true },
  isLink: { engine: 'type::is_record', takes: [], gives: 'boolean', takesMissing: true },
  isGeometry: { engine: 'type::is_geometry', takes: [], gives: 'boolean', takesMissing: true },
  isBytes: { engine: 'type::is_bytes', takes: [], gives: 'boolean', takesMissing: true },
  isUuidValue: { engine: 'type::is_uuid', takes: [], gives: 'boolean', takesMissing: true },
  isPoint: { engine: 'type::is_point', takes: [], gives: 'boolean', takesMissing: true },
  typeName: { engine: 'type::of', takes: [], gives: 'text', takesMissing: true },
} as const satisfies FunctionTable

/** What can be made of any value that is there. */
export const valueFunctions = {
  toText: { engine: 'type::string', takes: [], gives: 'text' },
} as const satisfies FunctionTable
