import type { FunctionTable } from './function-table.js'

/** What can be made of a link to a record. */
export const recordFunctions = {
  key: { engine: 'record::id', takes: [], gives: 'any' },
  table: { engine: 'record::tb', takes: [], gives: 'text' },
  isStored: { engine: 'record::exists', takes: [], gives: 'boolean' },
} as const satisfies FunctionTable
