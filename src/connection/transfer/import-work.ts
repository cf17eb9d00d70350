import { DatabaseError } from '../../errors.js'
import type { Work } from '../both-modes.js'
import type { CallWatch } from '../calls/calls.js'
import { checkImportOptions, type ImportOptions } from './export-options.js'
import { ImportPieces } from './import-input.js'
import { failuresIn, type StatementReply } from '../calls/rpc.js'
import { TransferSource, type TransferParts } from './transfer-source.js'

/** Imports everything the input gives. */
export function* importWork(parts: TransferParts, input: unknown, options: ImportOptions | undefined): Work<void> {
  const { timeout } = checkImportOptions(options)
  const pieces = new ImportPieces(input)
  const watch = parts.watch('import')
  try {
    const carry = parts.isEmbedded ? importText : importPieces
    const statements = yield* carry(parts, pieces, { watch, timeout })
    throwFailures(statements)
    watch.ended({ value: undefined })
  } catch (error) {
    watch.ended({ error })
    throw error
  } finally {
    parts.cache.written('all')
    yield* pieces.drop()
  }
}

interface ImportHow {
  readonly watch: CallWatch
  readonly timeout: number | undefined
}

/**
 * The engine's own import says nothing of the statements that fail, and obeys nobody's session. It does what a query does
 * that begins with this option.
 */
function* importText({ calls }: TransferParts, pieces: ImportPieces, how: ImportHow): Work<readonly StatementReply[]> {
  const decoder = new TextDecoder()
  const texts = ['OPTION IMPORT;\n']
  for (let piece = yield* pieces.next(); piece; piece = yield* pieces.next())
    texts.push(decoder.decode(piece, { stream: true }))
  const text = texts.join('') + decoder.decode()
  const options = how.timeout === undefined ? {} : { timeout: how.timeout }
  const place = { isRaw: true, watch: how.watch }
  return (yield* calls.call({ method: 'query', params: [text, {}] }, options, place)) as readonly StatementReply[]
}

function* importPieces(
  parts: TransferParts,
  pieces: ImportPieces,
  { watch, timeout }: ImportHow,
): Work<readonly StatementReply[]> {
  const source = new TransferSource(parts, 'import', timeout)
  try {
    yield* source.open(undefined, watch)
    for (let piece = yield* pieces.next(); piece; piece = yield* pieces.next()) yield* source.write(piece)
    const decoder = new TextDecoder()
    let answer = ''
    for (let piece = yield* source.read(); piece; piece = yield* source.read())
      answer += decoder.decode(piece, { stream: true })
    return statementsIn(answer)
  } catch (error) {
    yield* source.drop()
    throw error
  }
}

/** A server tells only of those that failed. */
function statementsIn(answer: string): readonly StatementReply[] {
  try {
    const statements: unknown = JSON.parse(answer)
    return Array.isArray(statements) ? (statements as readonly StatementReply[]) : []
  } catch {
    return []
  }
}

function throwFailures(statements: readonly StatementReply[]): void {
  const { count, error } = failuresIn(statements)
  if (!error) return
  const failed = count === 1 ? 'One statement' : `${count} statements`
  throw new DatabaseError(
    statements.some(isUnreadable) ? 'INVALID_QUERY' : 'IMPORT_FAILED',
    `${failed} of the import failed, the others are stored. The first failure: ${error.message}`,
    { cause: error },
  )
}

/** Servers carry out what they read until they come to what is no SurrealQL. */
function isUnreadable({ status, result }: StatementReply): boolean {
  return status === 'ERR' && typeof result === 'string' && result.startsWith('Parse error')
}
