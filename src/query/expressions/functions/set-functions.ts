import type { FunctionTable } from './function-table.js'

/** What can be made of a set. */
export const setFunctions = {
  len: { engine: 'set::len', takes: [], gives: 'whole' },
  isEmpty: { engine: 'set::is_empty', takes: [], gives: 'boolean' },
  min: { engine: 'set::min', takes: [], gives: 'element?' },
  max: { engine: 'set::max', takes: [], gives: 'element?' },
  join: { engine: 'set::join', takes: ['text'], gives: 'text' },
  add: { engine: 'set::add', takes: ['element'], gives: 'same' },
  remove: { engine: 'set::remove', takes: ['element'], gives: 'same' },
  union: { engine: 'set::union', takes: ['set'], gives: 'set' },
  intersect: { engine: 'set::intersect', takes: ['set'], gives: 'set' },
  complement: { engine: 'set::complement', takes: ['set'], gives: 'set' },
  difference: { engine: 'set::difference', takes: ['set'], gives: 'set' },
  toList: { engine: 'type::array', takes: [], gives: 'elements' },
} as const satisfies FunctionTable
