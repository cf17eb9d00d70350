import type { IndexStructure } from './schema-structure.js'
import { expression, list, object, quoted, text, type Source, type SourceEntry } from './source-text.js'
import { wordsOf } from './split-outside.js'
import { unescapeName } from './field-tree.js'
import { isUsable, textOption } from './write-expression.js'
import { pathKey, readPath, type PathStep } from './field-path.js'
import type { WrittenPath } from './write-field.js'

/** What indexes are written with. */
export interface IndexPlace {
  readonly table: string
  readonly written: ReadonlyMap<string, WrittenPath>
  /** The constant of an analyzer. */
  readonly analyzerFor: (name: string) => string | undefined
  /** Whether the model knows keys that are no fields. */
  readonly knowsUnknown: boolean
}

/** An index as an option of the table; as an option of its field where that is where it was put; or left out. */
type WrittenIndex = { readonly option: Source } | 'in its field' | 'left out'

/** Writes an index into the options of its field, or as an option of the table. */
function writeIndex(index: IndexStructure, place: IndexPlace): WrittenIndex {
  const kind = readKind(index.index, place)
  const paths = index.cols.map(readPath)
  if (!kind || !paths.every((path) => path !== undefined)) return 'left out'
  const isByElement = paths.length === 1 && (kind.suffix === 'index' || kind.suffix === 'unique')
  const found = paths.map((path) => fieldAt(path, isByElement, place))
  if (!found.every((each) => each !== undefined)) return 'left out'
  const columns = paths.flatMap((path) => path.filter((step) => step !== '*').map(({ column }) => column))
  const isNamed = index.name !== [place.table, ...columns, kind.suffix].join('_')
  const name = isNamed ? textOption('name', index.name) : []
  const entries = [...kind.entries, ...textOption('comment', index.comment), ...name]
  if (putInField(found, entries, isNamed)) return 'in its field'
  if (found.some((each) => each.name === undefined)) return 'left out'
  const fields: SourceEntry[] = found.length === 0 ? [] : [['fields', list(found.map((each) => quoted(each.name!)))]]
  return { option: object([...fields, ...entries]) }
}

/** An index without a name of its own is shorter in its field, and that of a list's elements can be nowhere else. */
function putInField(found: readonly FoundField[], entries: readonly SourceEntry[], isNamed: boolean): boolean {
  const [only, ...others] = found
  if (!only?.takesIndex || !only.field || others.length > 0) return false
  const hasOne = only.field.options.some(([key]) => key === 'unique' || key === 'index')
  if (hasOne || (only.name !== undefined && isNamed)) return false
  only.field.options.push(fieldOption(entries))
  return true
}

/** What a field says of an index of its own. */
function fieldOption(entries: readonly SourceEntry[]): SourceEntry {
  if (entries.length === 0) return ['index', text('true')]
  const [only] = entries
  return entries.length === 1 && only![0] === 'unique' ? only! : ['index', object(entries)]
}

interface FoundField {
  readonly name: string | undefined
  readonly field?: WrittenPath['field'] | undefined
  readonly takesIndex?: boolean
}

/** The field of a column; a list that stands alone is indexed by its elements. */
function fieldAt(path: readonly PathStep[], isByElement: boolean, place: IndexPlace): FoundField | undefined {
  const isOfElements = path.at(-1) === '*'
  const found = place.written.get(pathKey(isOfElements ? path.slice(0, -1) : path))
  if (!found) return keyAt(path, place)
  return isOfElements === (isByElement && holdsElements(found)) ? found : undefined
}

/** What is no field of the class. */
function keyAt([step, ...more]: readonly PathStep[], { knowsUnknown }: IndexPlace): FoundField | undefined {
  if (step === undefined || step === '*' || more.length > 0) return undefined
  return step.column === 'id' || (knowsUnknown && isKey(step.column)) ? { name: step.column } : undefined
}

/** Whether the model can be asked for a key that is no field of it. */
function isKey(column: string): boolean {
  return !column.includes('__') && !(column in Object.prototype)
}

function holdsElements({ field }: WrittenPath): boolean {
  const { name, items } = field ?? { name: '', items: [] }
  if (name !== 'OptionField') return name === 'ListField' || name === 'SetField'
  const [inner] = items
  return inner?.kind === 'call' && (inner.name === 'ListField' || inner.name === 'SetField')
}

interface IndexKindSource {
  /** What the index is called by, unless told otherwise. */
  readonly suffix: string
  readonly entries: readonly SourceEntry[]
}

function readKind(written: string, place: IndexPlace): IndexKindSource | undefined {
  const words = wordsOf(written)
  switch (words[0]) {
    case undefined:
      return { suffix: 'index', entries: [] }
    case 'UNIQUE':
      return { suffix: 'unique', entries: [['unique', text('true')]] }
    case 'COUNT':
      return countKind(written)
    case 'FULLTEXT':
    case 'SEARCH':
      return fulltextKind(words, place)
    case 'HNSW':
      return parametersOf('hnsw', words, HNSW)
    case 'DISKANN':
      return parametersOf('diskann', words, DISKANN)
    default:
      return undefined
  }
}

function countKind(written: string): IndexKindSource | undefined {
  const condition = /^COUNT WHERE ([^]*)$/.exec(written)?.[1]
  if (condition === undefined) return { suffix: 'count', entries: [['count', text('true')]] }
  return isUsable(condition) ? { suffix: 'count', entries: [['count', expression(condition)]] } : undefined
}

function fulltextKind(words: readonly string[], { analyzerFor }: IndexPlace): IndexKindSource | undefined {
  const [, keyword, escaped = '', ...more] = words
  if (keyword !== 'ANALYZER') return undefined
  const name = unescapeName(escaped)
  const constant = analyzerFor(name)
  const [bm25, highlights] = [more.find((word) => word.startsWith('BM25')), more.includes('HIGHLIGHTS')]
  if (more.length !== Number(bm25 !== undefined) + Number(highlights)) return undefined
  const [, k1, b] = /^BM25\(([^,]+),([^,]+)\)$/.exec(bm25 ?? '') ?? []
  const isUsual = bm25 === 'BM25' || (Number(k1) === 1.2 && Number(b) === 0.75)
  const parameters = object([
    ['k1', text(String(Number(k1)))],
    ['b', text(String(Number(b)))],
  ])
  const entries: SourceEntry[] = [
    ['analyzer', constant === undefined ? quoted(name) : text(constant)],
    ...(bm25 === undefined ? [['bm25', text('false')] as const] : isUsual ? [] : [['bm25', parameters] as const]),
    ...(highlights ? [['highlights', text('true')] as const] : []),
  ]
  return { suffix: 'fulltext', entries: [['fulltext', object(entries)]] }
}

/** A parameter of an index of vectors: what it is called here, and what the server takes when it is not said. */
type VectorParameter = readonly [option: string, usual?: string]

const HNSW: Readonly<Record<string, VectorParameter>> = {
  DIMENSION: ['dimension'],
  DIST: ['distance', 'EUCLIDEAN'],
  TYPE: ['type', 'F32'],
  EFC: ['efc', '150'],
  M: ['m'],
  M0: ['m0'],
  LM: ['lm'],
  EXTEND_CANDIDATES: ['extendCandidates'],
  KEEP_PRUNED_CONNECTIONS: ['keepPrunedConnections'],
  HASHED_VECTOR: ['hashedVector'],
}

const DISKANN: Readonly<Record<string, VectorParameter>> = {
  DIMENSION: ['dimension'],
  DIST: ['distance'],
  TYPE: ['type'],
  DEGREE: ['degree'],
  L_BUILD: ['lBuild'],
  ALPHA: ['alpha'],
  HASHED_VECTOR: ['hashedVector'],
}

/** `M`, `M0` and `LM` as the server has them when none of them is said. */
const USUAL_LAYERS = 'M 12 M0 24 LM 0.40242960438184466f'

function parametersOf(
  kind: string,
  words: readonly string[],
  known: Readonly<Record<string, VectorParameter>>,
): IndexKindSource | undefined {
  const [, ...rest] = words
    .join(' ')
    .replace(USUAL_LAYERS, '')
    .split(/ +/)
    .filter((word) => word !== '')
  const entries: SourceEntry[] = []
  for (let index = 0; index < rest.length; index++) {
    const parameter = known[rest[index]!]
    if (!parameter) return undefined
    const [option, usual] = parameter
    const value = FLAGS.has(rest[index]!) ? 'true' : rest[++index]
    if (value === undefined) return undefined
    if (value === 'MINKOWSKI') entries.push([option, object([['minkowski', numberOf(rest[++index] ?? '')]])])
    else if (value !== usual) entries.push([option, valueOf(value)])
  }
  return { suffix: kind, entries: [[kind, object(entries)]] }
}

const FLAGS: ReadonlySet<string> = new Set(['EXTEND_CANDIDATES', 'KEEP_PRUNED_CONNECTIONS', 'HASHED_VECTOR'])

function valueOf(word: string): Source {
  if (word === 'true') return text(word)
  return /^[\d.]/.test(word) ? numberOf(word) : quoted(word.toLowerCase())
}

function numberOf(word: string): Source {
  return text(String(Number(word.replace(/f$/, ''))))
}

/** The indexes of a table: those that are options of it, and those that no option says. */
export function writeIndexes(
  indexes: readonly IndexStructure[],
  place: IndexPlace,
): { readonly options: readonly Source[]; readonly leftOut: readonly string[] } {
  const written = indexes.map((index) => [index.name, writeIndex(index, place)] as const)
  return {
    options: written.flatMap(([, each]) => (typeof each === 'object' ? [each.option] : [])),
    leftOut: written.flatMap(([name, each]) => (each === 'left out' ? [name] : [])),
  }
}
