import { requireFeature } from '../dialect.js'
import { escapeIdentifier } from '../escape.js'
import type {
  CallFunctionStatement,
  DefineAccessStatement,
  DefineAnalyzerStatement,
  DefineFunctionStatement,
  DefineParameterStatement,
  DefineSequenceStatement,
  Permission,
  TokenVerification,
} from '../nodes/define-statement.js'
import { spellType } from './spell-type.js'
import type { SurrealqlWriter } from './surrealql-writer.js'
import { ifThere, writeBlock, writeComment, writeInline, writePermission } from './write-define.js'
import { writeString } from './write-literal.js'

/** Writes a DEFINE FUNCTION that may be run again. */
export function writeDefineFunction(writer: SurrealqlWriter, statement: DefineFunctionStatement): void {
  const { name, returns, body } = statement
  const where = `fn::${name}`
  const parameters = statement.arguments.map(
    (each) => `$${escapeIdentifier(each.name)}: ${spellType(each.type, writer.dialect)}`,
  )
  writer.write(`DEFINE FUNCTION ${ifThere(statement)} ${functionName(name)}(${parameters.join(', ')})`)
  if (returns !== undefined) writer.write(` -> ${spellType(returns, writer.dialect)}`)
  writer.write(` ${writeBlock(writer, body, where)}`)
  writeComment(writer, statement.comment, where)
  writeOnePermission(writer, statement.permission, where)
}

/** Writes a DEFINE PARAM that may be run again. */
export function writeDefineParameter(writer: SurrealqlWriter, statement: DefineParameterStatement): void {
  const where = `$${statement.name}`
  writer.write(`DEFINE PARAM ${ifThere(statement)} $${escapeIdentifier(statement.name)}`)
  writer.write(` VALUE ${writeInline(writer, statement.value, where)}`)
  writeComment(writer, statement.comment, where)
  writeOnePermission(writer, statement.permission, where)
}

/** Writes a DEFINE ANALYZER that may be run again. */
export function writeDefineAnalyzer(writer: SurrealqlWriter, statement: DefineAnalyzerStatement): void {
  const { name, tokenizers, filters } = statement
  writer.write(`DEFINE ANALYZER ${ifThere(statement)} ${escapeIdentifier(name)}`)
  if (statement.function !== undefined) writer.write(` FUNCTION ${functionName(statement.function)}`)
  if (tokenizers.length > 0) writer.write(` TOKENIZERS ${tokenizers.join(', ')}`)
  if (filters.length > 0) {
    const written = filters.map(([filter, ...parameters]) =>
      parameters.length === 0 ? filter : `${filter}(${parameters.join(', ')})`,
    )
    writer.write(` FILTERS ${written.join(', ')}`)
  }
  writeComment(writer, statement.comment, name)
}

/** Writes a DEFINE SEQUENCE that may be run again. */
export function writeDefineSequence(writer: SurrealqlWriter, statement: DefineSequenceStatement): void {
  const { name, batch, start, timeout } = statement
  requireFeature(writer.dialect, 'sequences', name)
  writer.write(`DEFINE SEQUENCE ${ifThere(statement)} ${escapeIdentifier(name)}`)
  if (batch !== undefined) writer.write(` BATCH ${batch}`)
  if (start !== undefined) writer.write(` START ${start}`)
  if (timeout !== undefined) writer.write(` TIMEOUT ${timeout}`)
}

/** Writes a DEFINE ACCESS that may be run again. */
export function writeDefineAccess(writer: SurrealqlWriter, statement: DefineAccessStatement): void {
  const { name, on, authenticate, durations } = statement
  writer.write(`DEFINE ACCESS ${ifThere(statement)} ${escapeIdentifier(name)} ON ${on.toUpperCase()}`)
  writeAccessKind(writer, statement)
  if (authenticate) writer.write(` AUTHENTICATE ${writeBlock(writer, authenticate, name)}`)
  if (durations.length > 0) {
    const written = durations.map(([what, duration]) => `FOR ${what.toUpperCase()} ${duration ?? 'NONE'}`)
    writer.write(` DURATION ${written.join(', ')}`)
  }
  writeComment(writer, statement.comment, name)
}

function writeAccessKind(writer: SurrealqlWriter, { access, name }: DefineAccessStatement): void {
  switch (access.kind) {
    case 'record':
      writer.write(' TYPE RECORD')
      if (access.signUp) writer.write(` SIGNUP ${writeInline(writer, access.signUp, name)}`)
      if (access.signIn) writer.write(` SIGNIN ${writeInline(writer, access.signIn, name)}`)
      // behind the key of a token the engine expects nothing but the issuer's
      if (access.refresh) writer.write(' WITH REFRESH')
      if (access.token) writer.write(` WITH JWT ${verification(access.token, name)}`)
      return
    case 'jwt':
      writer.write(` TYPE JWT ${verification(access.token, name)}`)
      return
    case 'bearer':
      writer.write(` TYPE BEARER FOR ${access.for.toUpperCase()}`)
      return
    default:
      access satisfies never
  }
}

function verification({ algorithm, key, issuerKey, url }: TokenVerification, where: string): string {
  const by =
    url === undefined
      ? `ALGORITHM ${algorithm ?? 'HS512'} KEY ${writeString(key ?? '', where)}`
      : `URL ${writeString(url, where)}`
  return issuerKey === undefined ? by : `${by} WITH ISSUER KEY ${writeString(issuerKey, where)}`
}

function writeOnePermission(writer: SurrealqlWriter, permission: Permission | undefined, where: string): void {
  if (permission !== undefined) writer.write(` PERMISSIONS ${writePermission(writer, permission, where)}`)
}

function functionName(name: string): string {
  return ['fn', ...name.split('::').map(escapeIdentifier)].join('::')
}

/** Writes a call of a function of the database. */
export function writeCallFunction(writer: SurrealqlWriter, statement: CallFunctionStatement): void {
  writer.write(`RETURN ${functionName(statement.name)}(`)
  statement.arguments.forEach((value, index) => {
    if (index > 0) writer.write(', ')
    writer.bind(value)
  })
  writer.write(')')
}
