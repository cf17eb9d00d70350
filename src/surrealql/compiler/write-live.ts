import { escapeIdentifier } from '../escape.js'
import type { LiveStatement, TextStatement } from '../nodes/statement.js'
import { surqlParts } from '../surql.js'
import { inlineBindings } from './inline-bindings.js'
import { SurrealqlWriter } from './surrealql-writer.js'
import { askComputed } from './ask-computed.js'
import { writeExpression } from './write-expression.js'

/** Writes a LIVE SELECT. */
export function writeLive(writer: SurrealqlWriter, statement: LiveStatement): void {
  const { table, where } = askComputed(statement, writer.dialect)
  writer.write(`LIVE SELECT * FROM ${escapeIdentifier(table)}`)
  if (!where) return
  writer.write(' WHERE ')
  const { dialect } = writer
  if (!dialect.livesForgetBindings) return writeExpression(writer, where)
  const condition = new SurrealqlWriter(dialect)
  writeExpression(condition, where)
  writer.write(inlineBindings(condition.finish(), { dialect, where: `live() of ${table}` }))
}

/** Writes text of the user's own; its values are bound under the names that are free here. */
export function writeText(writer: SurrealqlWriter, { text }: TextStatement): void {
  const { pieces, values } = surqlParts(text)
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) writer.bind(values[index - 1])
    writer.write(piece)
  }
}
