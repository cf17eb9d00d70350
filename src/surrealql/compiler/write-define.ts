import { escapeIdentifier, escapePath } from '../escape.js'
import {
  EACH_ELEMENT,
  type DefineFieldStatement,
  type DefineIndexStatement,
  type DefineTableStatement,
} from '../nodes/define-statement.js'
import type { SurrealqlWriter } from './surrealql-writer.js'

/** Writes a DEFINE TABLE that may be run again. */
export function writeDefineTable(writer: SurrealqlWriter, { table, schema }: DefineTableStatement): void {
  const mode = schema === 'full' ? 'SCHEMAFULL' : 'SCHEMALESS'
  writer.write(`DEFINE TABLE OVERWRITE ${escapeIdentifier(table)} TYPE NORMAL ${mode}`)
}

/** Writes a DEFINE FIELD that may be run again. */
export function writeDefineField(writer: SurrealqlWriter, { table, path, type }: DefineFieldStatement): void {
  const steps = path.map((step) => (step === EACH_ELEMENT ? '*' : escapeIdentifier(step)))
  writer.write(`DEFINE FIELD OVERWRITE ${steps.join('.')} ON ${escapeIdentifier(table)} TYPE ${type}`)
}

/** Writes a DEFINE INDEX that may be run again; an index that exists is not built anew. */
export function writeDefineIndex(writer: SurrealqlWriter, statement: DefineIndexStatement): void {
  const fields = statement.fields.map(escapePath).join(', ')
  const name = `${escapeIdentifier(statement.name)} ON ${escapeIdentifier(statement.table)}`
  writer.write(`DEFINE INDEX IF NOT EXISTS ${name} FIELDS ${fields}${statement.unique ? ' UNIQUE' : ''}`)
}
