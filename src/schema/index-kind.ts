import type { DiskannOptions, FulltextOptions, HnswOptions, IndexKindOptions } from '../fields/index-options.js'
import type { IndexKind, IndexParameter } from '../surrealql/nodes/define-statement.js'
import { checkedName, invalidModel, wholeNumber } from './definition-parts.js'

/** What an index is for; more than one thing is a ModelDefinitionError. */
export function indexKind(options: IndexKindOptions, where: string): IndexKind {
  const { unique = false, count, fulltext, hnsw, diskann } = options
  const given = Object.entries({ unique, count, fulltext, hnsw, diskann }).filter(([, value]) => value)
  if (given.length > 1) {
    const names = given.map(([name]) => name).join(' and ')
    throw invalidModel(`${where} is ${names} at once; make one index of each kind.`)
  }
  if (count) return { kind: 'count', where: count === true ? undefined : count }
  if (fulltext) return fulltextKind(fulltext, where)
  if (hnsw) return hnswKind(hnsw, where)
  if (diskann) return diskannKind(diskann, where)
  return { kind: unique ? 'unique' : 'plain' }
}

function fulltextKind({ analyzer, bm25 = true, highlights = false }: FulltextOptions, where: string): IndexKind {
  const name = typeof analyzer === 'string' ? analyzer : analyzer.name
  if (typeof bm25 !== 'boolean' && !(Number.isFinite(bm25.k1) && Number.isFinite(bm25.b))) {
    throw invalidModel(`${where}: the bm25 parameters k1 and b are numbers.`)
  }
  return {
    kind: 'fulltext',
    analyzer: checkedName(name, `The analyzer of ${where}`),
    bm25: typeof bm25 === 'boolean' ? bm25 : [bm25.k1, bm25.b],
    highlights,
  }
}

function hnswKind(options: HnswOptions, where: string): IndexKind {
  const { distance } = options
  const parameters = [
    ...whole(where, { DIMENSION: options.dimension }),
    ...(typeof distance === 'object'
      ? [['DIST', `MINKOWSKI ${decimal(where, 'minkowski', distance.minkowski)}`] as const]
      : word('DIST', distance)),
    ...word('TYPE', options.type),
    ...whole(where, { EFC: options.efc, M: options.m, M0: options.m0 }),
    ...(options.lm === undefined ? [] : [['LM', decimal(where, 'lm', options.lm)] as const]),
    ...flag('EXTEND_CANDIDATES', options.extendCandidates),
    ...flag('KEEP_PRUNED_CONNECTIONS', options.keepPrunedConnections),
    ...flag('HASHED_VECTOR', options.hashedVector),
  ]
  return { kind: 'HNSW', parameters }
}

function diskannKind(options: DiskannOptions, where: string): IndexKind {
  const parameters = [
    ...whole(where, { DIMENSION: options.dimension }),
    ...word('DIST', options.distance),
    ...word('TYPE', options.type),
    ...whole(where, { DEGREE: options.degree, L_BUILD: options.lBuild }),
    ...(options.alpha === undefined ? [] : [['ALPHA', decimal(where, 'alpha', options.alpha)] as const]),
    ...flag('HASHED_VECTOR', options.hashedVector),
  ]
  return { kind: 'DISKANN', parameters }
}

function whole(where: string, values: Readonly<Record<string, number | undefined>>): IndexParameter[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, wholeNumber(value, `${where}: ${name.toLowerCase()}`, 1)] as const],
  )
}

function decimal(where: string, name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value
  throw invalidModel(`${where}: ${name} is a number above 0.`)
}

function word(name: string, value: string | undefined): IndexParameter[] {
  if (value === undefined) return []
  if (/^\w+$/.test(value)) return [[name, value.toUpperCase()]]
  throw invalidModel(`An index has a ${name} that is no word.`)
}

function flag(name: string, value: boolean | undefined): IndexParameter[] {
  return value ? [[name, true]] : []
}
