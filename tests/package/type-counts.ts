import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const RECORD = path.join(__dirname, 'types-at-scale.json')

/** How much the type checker had to do, as `tsc --extendedDiagnostics` says; always the same for the same source. */
export interface TypeCounts {
  readonly instantiations: number
  readonly types: number
}

/** The counts of programs by how many models they have, the smallest first. */
export type CountsBySize = ReadonlyMap<number, TypeCounts>

const NAMES = ['instantiations', 'types'] as const

/** The counts in what `tsc --extendedDiagnostics` prints. */
export function readCounts(printed: string): TypeCounts {
  return { instantiations: Number(figure(printed, 'Instantiations')), types: Number(figure(printed, 'Types')) }
}

/** One figure that `tsc --extendedDiagnostics` prints, with its unit. */
export function figure(printed: string, name: string): string {
  const found = new RegExp(`^${name}:\\s+(\\S+)$`, 'm').exec(printed)?.[1]
  if (found === undefined) throw new Error(`tsc did not say "${name}"\n${printed}`)
  return found
}

/** How far counts may be from a straight line, and from those on record. */
const TOLERANCE = 0.05

/** Where a further model costs more than one did between the two smallest sizes. */
export function steeperThanLinear(counts: CountsBySize): readonly string[] {
  const sizes = [...counts]
  return NAMES.flatMap((name) => {
    const perModel = sizes.slice(1).map(([size, to], index) => {
      const [before, from] = sizes[index]!
      return (to[name] - from[name]) / (size - before)
    })
    const isSteeper = perModel.some((each) => each > perModel[0]! * (1 + TOLERANCE))
    return isSteeper ? [`${name} for each further model: ${perModel.map(Math.round).join(', then ')}`] : []
  })
}

/** Where the counts are not about those on record. */
export function farFromRecord(counts: CountsBySize, record: CountsBySize): readonly string[] {
  return [...counts].flatMap(([size, is]) =>
    NAMES.flatMap((name) => {
      const was = record.get(size)?.[name] ?? 0
      const isFar = Math.abs(is[name] - was) > was * TOLERANCE
      return isFar ? [`${name} with ${size} models: ${is[name]}, on record ${was}`] : []
    }),
  )
}

/** The counts on record. */
export function readRecord(): CountsBySize {
  const record = JSON.parse(readFileSync(RECORD, 'utf8')) as Record<string, TypeCounts>
  return new Map(Object.entries(record).map(([models, counts]) => [Number(models), counts]))
}

/** Puts counts on record. */
export function writeRecord(counts: CountsBySize): void {
  writeFileSync(RECORD, `${JSON.stringify(Object.fromEntries(counts), undefined, 2)}\n`)
}
