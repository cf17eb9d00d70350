import type { FunctionTable } from './function-table.js'

/** What can be made of a dictionary, or of an embedded document. */
export const objectFunctions = {
  len: { engine: 'object::len', takes: [], gives: 'whole' },
  isEmpty: { engine: 'object::is_empty', takes: [], gives: 'boolean' },
  keys: { engine: 'object::keys', takes: [], gives: 'texts' },
  values: { engine: 'object::values', takes: [], gives: 'elements' },
  extend: { engine: 'object::extend', takes: ['same'], gives: 'same' },
  remove: { engine: 'object::remove', takes: ['text'], gives: 'same' },
} as const satisfies FunctionTable
