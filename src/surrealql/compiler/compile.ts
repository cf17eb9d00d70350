import type { CompiledQuery } from '../compiled-query.js'
import type { Dialect } from '../dialect.js'
import type { Statement } from '../nodes/statement.js'
import { refuseTooDeep } from './refuse-too-deep.js'
import { SurrealqlWriter } from './surrealql-writer.js'
import {
  writeDefineEvent,
  writeDefineField,
  writeDefineIndex,
  writeDefineTable,
  writeRemoveTable,
} from './write-define.js'
import {
  writeCallFunction,
  writeDefineAccess,
  writeDefineAnalyzer,
  writeDefineFunction,
  writeDefineParameter,
  writeDefineSequence,
} from './write-define-object.js'
import { writeLive, writeText } from './write-live.js'
import { writeSelect } from './write-select.js'
import { writeCreate, writeDelete, writeInsert, writeUpdate } from './write-write.js'

/** One or more statements as one query: the only way from nodes to text. */
export function compile(statements: Statement | readonly Statement[], dialect: Dialect): CompiledQuery {
  const writer = new SurrealqlWriter(dialect)
  const list = Array.isArray(statements) ? (statements as readonly Statement[]) : [statements as Statement]
  refuseTooDeep('A statement', () => {
    list.forEach((statement, index) => {
      if (index > 0) writer.write(';\n')
      writeStatement(writer, statement)
    })
  })
  return writer.finish()
}

function writeStatement(writer: SurrealqlWriter, statement: Statement): void {
  switch (statement.kind) {
    case 'select':
      return writeSelect(writer, statement)
    case 'create':
      return writeCreate(writer, statement)
    case 'insert':
      return writeInsert(writer, statement)
    case 'update':
      return writeUpdate(writer, statement)
    case 'delete':
      return writeDelete(writer, statement)
    case 'define-table':
      return writeDefineTable(writer, statement)
    case 'define-field':
      return writeDefineField(writer, statement)
    case 'define-index':
      return writeDefineIndex(writer, statement)
    case 'define-event':
      return writeDefineEvent(writer, statement)
    case 'define-function':
      return writeDefineFunction(writer, statement)
    case 'define-parameter':
      return writeDefineParameter(writer, statement)
    case 'define-analyzer':
      return writeDefineAnalyzer(writer, statement)
    case 'define-sequence':
      return writeDefineSequence(writer, statement)
    case 'define-access':
      return writeDefineAccess(writer, statement)
    case 'remove-table':
      return writeRemoveTable(writer, statement)
    case 'call-function':
      return writeCallFunction(writer, statement)
    case 'live':
      return writeLive(writer, statement)
    case 'text':
      return writeText(writer, statement)
    default:
      return statement satisfies never
  }
}
