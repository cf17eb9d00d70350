import { RecordId, Uuid } from '../values.js'

/** `person:ann` as a record id of the table `person`; undefined when it is none. Keys that are lists or objects have no text. */
export function parseRecordId(table: string, text: string): RecordId | undefined {
  const prefixes = [table, `⟨${table.replaceAll('⟩', '\\⟩')}⟩`, `\`${table.replace(/[\\`]/g, '\\$&')}\``]
  const prefix = prefixes.find((each) => text.startsWith(`${each}:`))
  const key = prefix === undefined ? undefined : parseKey(text.slice(prefix.length + 1))
  return key === undefined ? undefined : new RecordId(table, key)
}

function parseKey(text: string): string | number | bigint | Uuid | undefined {
  if (/^-?\d{1,19}$/.test(text)) return toInteger(text)
  if (/^\w+$/.test(text)) return text
  if (/^⟨.*⟩$/s.test(text)) return text.slice(1, -1).replaceAll('\\⟩', '⟩')
  if (/^`.*`$/s.test(text)) return text.slice(1, -1).replace(/\\([\\`])/g, '$1')
  const uuid = /^u(["'])([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\1$/i.exec(text)
  return uuid ? new Uuid(uuid[2]!) : undefined
}

/** Beyond 64 bits, digits are text to the database. */
function toInteger(digits: string): string | number | bigint {
  const large = BigInt(digits)
  if (large !== BigInt.asIntN(64, large)) return digits
  const small = Number(digits)
  return Number.isSafeInteger(small) ? small : large
}
