import { DatabaseError, LookupError } from '../errors.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { isSurql } from '../surrealql/surql.js'
import { isPlainObject, RecordId } from '../values.js'
import type { Operation } from './operation.js'

/** The records that a query of the user's own gives, as documents; or as the rows they are, with `plain`. */
export function* raw(meta: ModelMeta, text: unknown, plain = false): Operation<readonly unknown[]> {
  if (!isSurql(text)) {
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: raw() takes text that was made with surql\`…\`, so that its values are bound.`,
    )
  }
  const answers = (yield { kind: 'execute', statements: [{ kind: 'text', text }] }) as readonly unknown[]
  if (answers.length !== 1)
    throw unexpected(meta, `gave ${answers.length} results; write one statement, or use the connection's query()`)
  const [answer] = answers
  const rows = answer === undefined || answer === null ? [] : [answer].flat()
  return plain ? rows : rows.map((row) => meta.hydrate(recordOf(meta, row)))
}

function recordOf(meta: ModelMeta, row: unknown): Record<string, unknown> {
  if (!isPlainObject(row) || !(row['id'] instanceof RecordId))
    throw unexpected(meta, 'gave rows that are no whole records with their id; ask for plain rows with { plain: true }')
  if (row['id'].table.name === meta.table) return row
  throw unexpected(meta, `gave records of another table than ${meta.table}; ask the model they belong to`)
}

function unexpected({ name }: ModelMeta, what: string): DatabaseError {
  return new DatabaseError('UNEXPECTED_RESPONSE', `${name}: the query of raw() ${what}.`)
}
