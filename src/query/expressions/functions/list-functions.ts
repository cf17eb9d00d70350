import type { FunctionTable } from './function-table.js'

/** What can be made of a list. */
export const listFunctions = {
  len: { engine: 'array::len', takes: [], gives: 'whole' },
  isEmpty: { engine: 'array::is_empty', takes: [], gives: 'boolean' },
  first: { engine: 'array::first', takes: [], gives: 'element?' },
  last: { engine: 'array::last', takes: [], gives: 'element?' },
  min: { engine: 'array::min', takes: [], gives: 'element?' },
  max: { engine: 'array::max', takes: [], gives: 'element?' },
  indexOf: { engine: 'array::find_index', takes: ['element'], gives: 'whole?' },
  join: { engine: 'array::join', takes: ['text'], gives: 'text' },
  add: { engine: 'array::add', takes: ['element'], gives: 'same' },
  append: { engine: 'array::append', takes: ['element'], gives: 'same' },
  prepend: { engine: 'array::prepend', takes: ['element'], gives: 'same' },
  insert: { engine: 'array::insert', takes: ['element', 'whole'], gives: 'same' },
  remove: { engine: 'array::remove', takes: ['whole'], gives: 'same' },
  concat: { engine: 'array::concat', takes: ['elements'], gives: 'elements' },
  union: { engine: 'array::union', takes: ['elements'], gives: 'elements' },
  intersect: { engine: 'array::intersect', takes: ['elements'], gives: 'elements' },
  complement: { engine: 'array::complement', takes: ['elements'], gives: 'elements' },
  difference: { engine: 'array::difference', takes: ['elements'], gives: 'elements' },
  distinct: { engine: 'array::distinct', takes: [], gives: 'elements' },
  reverse: { engine: 'array::reverse', takes: [], gives: 'elements' },
  shuffle: { engine: 'array::shuffle', takes: [], gives: 'elements' },
  sort: { engine: 'array::sort::asc', takes: [], gives: 'elements' },
  sortDescending: { engine: 'array::sort::desc', takes: [], gives: 'elements' },
  slice: { engine: 'array::slice', takes: ['whole', 'whole?'], gives: 'elements' },
  toSet: { engine: 'type::set', takes: [], gives: 'set' },
} as const satisfies FunctionTable

/** What can be made of a list of numbers. */
export const numbersFunctions = {
  sum: { engine: 'math::sum', takes: [], gives: 'number' },
  product: { engine: 'math::product', takes: [], gives: 'number' },
  mean: { engine: 'math::mean', takes: [], gives: 'number' },
  median: { engine: 'math::median', takes: [], gives: 'number' },
  mode: { engine: 'math::mode', takes: [], gives: 'number' },
  midhinge: { engine: 'math::midhinge', takes: [], gives: 'number' },
  trimean: { engine: 'math::trimean', takes: [], gives: 'number' },
  interquartile: { engine: 'math::interquartile', takes: [], gives: 'number' },
  percentile: { engine: 'math::percentile', takes: ['number'], gives: 'number' },
  nearestRank: { engine: 'math::nearestrank', takes: ['number'], gives: 'number' },
  spread: { engine: 'math::spread', takes: [], gives: 'number' },
  standardDeviation: { engine: 'math::stddev', takes: [], gives: 'number' },
  variance: { engine: 'math::variance', takes: [], gives: 'number' },
  top: { engine: 'math::top', takes: ['whole'], gives: 'numbers' },
  bottom: { engine: 'math::bottom', takes: ['whole'], gives: 'numbers' },
} as const satisfies FunctionTable
