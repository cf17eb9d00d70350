import type { FunctionTable } from './function-table.js'

/** What can be made of bytes. */
export const bytesFunctions = {
  len: { engine: 'bytes::len', takes: [], gives: 'whole' },
  base64: { engine: 'encoding::base64::encode', takes: [], gives: 'text' },
} as const satisfies FunctionTable
