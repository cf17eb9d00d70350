import { toSource } from './decorator-source.js'
import type {
  AccessStructure,
  AnalyzerStructure,
  DatabaseStructure,
  FunctionStructure,
  ParameterStructure,
  SequenceStructure,
  StructurePermission,
  TokenStructure,
} from './schema-structure.js'
import type { SourceFile } from './source-file.js'
import { call, expression, list, object, quoted, text, type Source, type SourceEntry } from './source-text.js'
import { readLiteral, readString } from './read-literal.js'
import { expressionOption, flagOption, insideOfBlock, isUsable, textOption, toPermission } from './write-expression.js'
import { decoratorFor, withPresence } from './decorator-for.js'
import { alternativesOf, readPresence } from './read-type.js'
import { typedField } from './typed-field.js'
import { durationText } from '../schema/definition-parts.js'

/** Something of the database that is no table, as an expression; undefined where nothing says it. */
type Write<Structure> = (structure: Structure, modelFor: ModelFor) => Source | undefined
type ModelFor = (table: string) => string | undefined

interface Kind<Structure> {
  /** What a constant is called by when its name is taken. */
  readonly name: string
  readonly write: Write<Structure>
}

const KINDS = {
  analyzers: { name: 'Analyzer', write: writeAnalyzer } satisfies Kind<AnalyzerStructure>,
  functions: { name: 'Function', write: writeFunction } satisfies Kind<FunctionStructure>,
  params: { name: 'Parameter', write: writeParameter } satisfies Kind<ParameterStructure>,
  sequences: { name: 'Sequence', write: writeSequence } satisfies Kind<SequenceStructure>,
  accesses: { name: 'Access', write: writeAccess } satisfies Kind<AccessStructure>,
}

/** The kinds of things that have a class of their own, by INFO's word. */
export const OBJECT_KINDS = Object.keys(KINDS) as (keyof typeof KINDS)[]

/** A thing of the database under the name of its constant; without a value where nothing says it. */
export interface WrittenObject {
  readonly kind: keyof typeof KINDS
  readonly name: string
  readonly constant: string | undefined
}

/** Writes what belongs to the database as a whole, each as a constant. */
export function writeObjects(
  file: SourceFile,
  structure: DatabaseStructure,
  { kinds, modelFor }: { readonly kinds: readonly (keyof typeof KINDS)[]; readonly modelFor: ModelFor },
): readonly WrittenObject[] {
  return kinds.flatMap((kind) =>
    (structure[kind] ?? []).map((each) => {
      const { name, write } = KINDS[kind] as Kind<unknown>
      const value = write(each, modelFor)
      const constant = value && file.names.constantFor(each.name, name)
      if (value && constant !== undefined) file.addConstant(constant, value)
      return { kind, name: each.name, constant }
    }),
  )
}

function definition(className: string, name: string, options: readonly SourceEntry[]): Source {
  return call(`new ${className}`, [quoted(name), ...(options.length > 0 ? [object(options)] : [])])
}

function writeAnalyzer({
  name,
  tokenizers = [],
  filters = [],
  comment,
  ...rest
}: AnalyzerStructure): Source | undefined {
  const written = filters.map(writeFilter)
  if (!written.every((filter) => filter !== undefined)) return undefined
  const functionName = rest.function
  return definition('Analyzer', name, [
    ...listOption(
      'tokenizers',
      tokenizers.map((word) => quoted(word.toLowerCase())),
    ),
    ...listOption('filters', written),
    ...(functionName === undefined ? [] : [['function', object(textOption('name', functionName))] as const]),
    ...textOption('comment', comment),
  ])
}

function listOption(key: string, items: readonly Source[]): readonly SourceEntry[] {
  return items.length === 0 ? [] : [[key, list(items)]]
}

/** `LOWERCASE`, `SNOWBALL(ENGLISH)`, `EDGENGRAM(2,10)`, `MAPPER('/a/path')`. */
function writeFilter(written: string): Source | undefined {
  const [, word = '', inside] = /^(\w+)(?:\(([^]*)\))?$/.exec(written) ?? []
  const name = word.toLowerCase()
  if (inside === undefined) return word === '' ? undefined : quoted(name)
  if (name === 'mapper') return object([[name, quoted(readString(inside))]])
  const isRange = /^\d+,\d+$/.test(inside)
  return object([[name, isRange ? list(inside.split(',').map(text)) : quoted(inside.toLowerCase())]])
}

function writeFunction(
  { name, args, returns, block, permissions, comment }: FunctionStructure,
  modelFor: ModelFor,
): Source | undefined {
  const body = insideOfBlock(block)
  const fields = args.map(([, type], index) => {
    const isFollowed = args.slice(index).some(([, later]) => later !== 'any' && !later.startsWith('none | '))
    return argumentField(type, { modelFor, isFollowed })
  })
  // the keys of an object that are numbers come first
  const isOrdered = args.length === 1 || args.every(([argument]) => !/^\d+$/.test(argument))
  const areKeys = isOrdered && args.every(([argument]) => argument !== '__proto__')
  const result = returns === undefined ? undefined : argumentField(returns, { modelFor, isFollowed: false })
  const isReturned = returns === undefined || result !== undefined
  const isSayable = areKeys && isReturned && isPermissionUsable(permissions)
  if (body === undefined || !isSayable || !fields.every((field) => field !== undefined)) return undefined
  const parameters = args.map(([argument], index): SourceEntry => [argument, fields[index]!])
  return definition('DatabaseFunction', name, [
    ...(parameters.length === 0 ? [] : [['arguments', object(parameters)] as const]),
    ...(result ? [['returns', result] as const] : []),
    ['body', expression(body)],
    ...permissionOption(permissions),
    ...textOption('comment', comment),
  ])
}

/** What a function takes or gives; an argument that others follow has to be there. */
function argumentField(
  type: string,
  { modelFor, isFollowed }: { readonly modelFor: ModelFor; readonly isFollowed: boolean },
): Source | undefined {
  const read = readPresence(type)
  const found = read && decoratorFor(read.alternatives, { modelFor })
  if (isFollowed && alternativesOf(type).includes('none')) return undefined
  const isRequiredAny = found?.name === 'AnyField' && isFollowed
  const field = found && withPresence(found, read.presence, isRequiredAny ? [['required', text('true')]] : [])
  const written = field ?? typedField(type, { modelFor })
  return written && toSource(written)
}

function permissionOption(permission: StructurePermission): readonly SourceEntry[] {
  return permission === true ? [] : [['permissions', toPermission(permission)]]
}

function isPermissionUsable(permission: StructurePermission): boolean {
  return typeof permission === 'boolean' || isUsable(permission)
}

function writeParameter({ name, value, permissions, comment }: ParameterStructure): Source | undefined {
  if (!isUsable(value) || !isPermissionUsable(permissions)) return undefined
  const literal = readLiteral(value)
  const written =
    typeof literal === 'string' ? quoted(literal) : literal === undefined ? expression(value) : text(String(literal))
  return definition('DatabaseParameter', name, [
    ['value', written],
    ...permissionOption(permissions),
    ...textOption('comment', comment),
  ])
}

function writeSequence({ name, batch, start, timeout }: SequenceStructure): Source | undefined {
  if (!Number.isSafeInteger(Number(batch)) || !Number.isSafeInteger(Number(start))) return undefined
  return definition('Sequence', name, [
    ...(start === '0' ? [] : [['start', text(start)] as const]),
    ...(batch === '1000' ? [] : [['batch', text(batch)] as const]),
    ...(timeout === undefined ? [] : textOption('timeout', durationOf(timeout))),
  ])
}

/** The server writes a duration as text, or gives it as it is. */
function durationOf(given: unknown): string {
  return durationText(String(given), 'a duration')
}

const HIDDEN = '[REDACTED]'

/** An access whose keys the database does not tell cannot be written, unless it made them itself. */
function writeAccess({ name, kind, authenticate, duration, comment }: AccessStructure): Source | undefined {
  const body = authenticate === undefined ? undefined : insideOfBlock(authenticate)
  const options = accessKind(kind)
  if (!options || (authenticate !== undefined && body === undefined)) return undefined
  return definition('Access', name, [
    ...options,
    ...expressionOption('authenticate', body),
    ...durations(duration, kind.jwt.issuer !== undefined || kind.kind === 'RECORD'),
    ...textOption('comment', comment),
  ])
}

function accessKind({
  kind,
  signup,
  signin,
  refresh,
  subject,
  jwt,
}: AccessStructure['kind']): readonly SourceEntry[] | undefined {
  const type: SourceEntry = ['type', quoted(kind.toLowerCase())]
  switch (kind) {
    case 'RECORD': {
      if (![signup, signin].every((each) => each === undefined || isUsable(each))) return undefined
      const token = isOwnKey(jwt) ? [] : tokenOptions(jwt)
      if (!token) return undefined
      return [
        type,
        ...expressionOption('signUp', signup),
        ...expressionOption('signIn', signin),
        ...(token.length === 0 ? [] : [['jwt', object(token)] as const]),
        ...flagOption('refresh', refresh),
      ]
    }
    case 'JWT': {
      const token = tokenOptions(jwt)
      return token && [type, ...token]
    }
    case 'BEARER':
      return [type, ['for', quoted((subject ?? 'USER').toLowerCase())]]
    default:
      return undefined
  }
}

/** A key that the database made by itself. */
function isOwnKey({ verify, issuer }: TokenStructure): boolean {
  return verify.alg === 'HS512' && verify.key === HIDDEN && issuer?.key === HIDDEN
}

function tokenOptions({ verify: { alg, key, url }, issuer }: TokenStructure): readonly SourceEntry[] | undefined {
  // what signs is a secret, which the database does not tell
  if (issuer !== undefined || key === HIDDEN) return undefined
  if (url !== undefined) return textOption('url', url)
  return alg === undefined || key === undefined
    ? undefined
    : [
        ['algorithm', quoted(alg)],
        ['key', quoted(key)],
      ]
}

/** What the server does when it is told nothing is left out. */
function durations({ grant, token, session }: AccessStructure['duration'], hasToken: boolean): readonly SourceEntry[] {
  const all = [
    ...durationOption('grant', grant, grant === undefined ? undefined : '4w2d'),
    ...durationOption('token', token, hasToken ? '1h' : undefined),
    ...durationOption('session', session, undefined),
  ]
  return all.length === 0 ? [] : [['duration', object(all)]]
}

function durationOption(key: string, given: unknown, usual: string | undefined): readonly SourceEntry[] {
  const written = given === undefined ? undefined : durationOf(given)
  if (written === (usual === undefined ? undefined : durationOf(usual))) return []
  return [[key, written === undefined ? text('null') : quoted(written)]]
}
