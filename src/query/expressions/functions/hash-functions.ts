import type { FunctionTable } from './function-table.js'

/** Hashes of a text. */
export const hashFunctions = {
  blake3: { engine: 'crypto::blake3', takes: [], gives: 'text' },
  joaat: { engine: 'crypto::joaat', takes: [], gives: 'whole' },
  md5: { engine: 'crypto::md5', takes: [], gives: 'text' },
  sha1: { engine: 'crypto::sha1', takes: [], gives: 'text' },
  sha256: { engine: 'crypto::sha256', takes: [], gives: 'text' },
  sha512: { engine: 'crypto::sha512', takes: [], gives: 'text' },
} as const satisfies FunctionTable
