import { AT_A_TIME, RUSH, type Contender } from './workload.js'

/** Calls per second, the median of all turns, by how many were under way at a time. */
export type Rates = ReadonlyMap<number, number>

/** Counts calls per second: every contender warms up, then they take turns, each round in another order. */
export async function compareRush(
  contenders: readonly Contender[],
  share: number,
): Promise<ReadonlyMap<string, Rates>> {
  const calls = Math.max(64, Math.round(RUSH.calls * share))
  const turns = Math.max(1, Math.round(RUSH.turns * share))
  const rates = new Map(contenders.map(({ name }) => [name, new Map<number, number>()]))
  for (const atATime of AT_A_TIME) {
    const times = new Map(contenders.map(({ name }) => [name, [] as number[]]))
    for (const contender of contenders) await contender.rush(calls, atATime)
    for (let turn = 0; turn < turns; turn++) {
      for (let place = 0; place < contenders.length; place++) {
        const contender = contenders[(turn + place) % contenders.length]!
        times.get(contender.name)!.push(await contender.rush(calls, atATime))
      }
    }
    for (const [name, all] of times) rates.get(name)!.set(atATime, (calls * 1000) / median(all))
  }
  return rates
}

function median(values: number[]): number {
  const sorted = values.sort((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)]!
}
