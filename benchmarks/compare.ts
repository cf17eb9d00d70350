import type { Case, Contender } from './workload.js'

/** What was measured of one contender in one case, in milliseconds. */
export interface Figures {
  readonly median: number
  readonly p95: number
}

/** Runs a case: every contender warms up, then they take turns, each round in another order. */
export async function compare(
  { name, calls, turns }: Case,
  contenders: readonly Pick<Contender, 'name' | 'turn'>[],
): Promise<ReadonlyMap<string, Figures>> {
  const times = new Map(contenders.map((contender) => [contender.name, [] as number[]]))
  for (const contender of contenders) await contender.turn(name, calls)
  for (let turn = 0; turn < turns; turn++) {
    for (let place = 0; place < contenders.length; place++) {
      const contender = contenders[(turn + place) % contenders.length]!
      times.get(contender.name)!.push(...(await contender.turn(name, calls)))
    }
  }
  return new Map([...times].map(([contender, all]) => [contender, figures(all)]))
}

function figures(times: number[]): Figures {
  const sorted = times.sort((left, right) => left - right)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
  return { median: at(0.5), p95: at(0.95) }
}
