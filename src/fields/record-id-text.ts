import { RecordId, Uuid, type RecordKey } from '../values.js'
import { IDENTIFIER_TEXT, readIdentifier } from './identifier-text.js'

const RECORD_ID_TEXT = new RegExp(`^(${IDENTIFIER_TEXT}):(?:u"([0-9a-fA-F-]{36})"|(-?\\d+)|(${IDENTIFIER_TEXT}))$`)

/**
 * The record id that a text says, as `toJSON()` writes it: `person:ann`, `person:7`, `⟨my table⟩:⟨a b⟩`. Undefined when it
 * says none, and for keys that are lists or objects.
 */
export function readRecordId(text: string): RecordId | undefined {
  const found = RECORD_ID_TEXT.exec(text)
  if (!found) return undefined
  const [, table, uuid, integer, identifier] = found
  const key =
    integer !== undefined ? toInteger(integer) : identifier !== undefined ? readIdentifier(identifier) : toUuid(uuid!)
  return key === undefined ? undefined : new RecordId(readIdentifier(table!), key as never)
}

/** A record id of the table; undefined for one of another. */
export function parseRecordId(table: string, text: string): RecordId | undefined {
  const id = readRecordId(text)
  return id?.table.name === table ? id : undefined
}

/** Beyond 64 bits, digits are text to the database. */
function toInteger(text: string): RecordKey {
  const integer = BigInt(text)
  if (integer !== BigInt.asIntN(64, integer)) return text
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer
}

function toUuid(text: string): Uuid | undefined {
  try {
    return new Uuid(text)
  } catch {
    return undefined
  }
}
