import { escapeIdentifier } from '../../surrealql/escape.js'
import { RecordId, Uuid } from '../../values.js'
import { IDENTIFIER_TEXT, readIdentifier } from './identifier-text.js'
import { readInteger, readKey, writeKey } from './record-key-text.js'

const RECORD_ID_TEXT = new RegExp(`^(${IDENTIFIER_TEXT}):(?:u"([0-9a-fA-F-]{36})"|(-?\\d+)|(${IDENTIFIER_TEXT}))$`)

/** With a key that is a list or an object. The table is quoted in SurrealQL's other way, whose end can be told from what follows. */
const OF_PARTS = /^(?:(\w+)|`((?:[^\\`]|\\[^])+)`):([[{][^]*)$/

/** The text of a record id, as `toJSON()` writes it. One whose key is a list or an object is SurrealQL. */
export function writeRecordId(id: RecordId): string {
  const key: unknown = id.id
  const { name } = id.table as { readonly name: string }
  const text = typeof key === 'object' && !(key instanceof Uuid) ? writeKey(key, writeRecordId) : undefined
  return text === undefined ? id.toString() : `${/^\w+$/.test(name) ? name : escapeIdentifier(name)}:${text}`
}

/**
 * The record id that a text says, as `toJSON()` writes it: `person:ann`, `person:7`, `⟨my table⟩:⟨a b⟩`,
 * `visit:["Paris", d"2024-01-01T00:00:00.000Z"]`. Undefined when it says none.
 */
export function readRecordId(text: string): RecordId | undefined {
  const found = RECORD_ID_TEXT.exec(text)
  if (!found) return readOfParts(text)
  const [, table, uuid, integer, identifier] = found
  const key =
    integer !== undefined
      ? (readInteger(integer) ?? integer)
      : identifier !== undefined
        ? readIdentifier(identifier)
        : toUuid(uuid!)
  return key === undefined ? undefined : new RecordId(readIdentifier(table!), key as never)
}

function readOfParts(text: string): RecordId | undefined {
  const [, plain, quoted, rest] = OF_PARTS.exec(text) ?? []
  const key = rest === undefined ? undefined : readKey(rest, readRecordId)
  return key && new RecordId(plain ?? quoted!.replace(/\\([^])/g, '$1'), key as never)
}

function toUuid(text: string): Uuid | undefined {
  try {
    return new Uuid(text)
  } catch {
    return undefined
  }
}
