import { createConnection, Document, RecordId, type ValidationError } from 'surrealengine'
import { Address, Company, Employee, Person } from './models.js'

/** What a person can see of the models, as plain data: it has to be the same whatever compiled them. */
export interface Report {
  readonly construction: unknown
  readonly definition: unknown
  readonly loading: unknown
  readonly saving: unknown
}

const born = new Date('2001-02-03T04:05:06.789Z')
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

function construction(): unknown {
  const given = new Employee({ id: 'eve', name: 'Eve', age: 9, address: new Address({ city: 'Paris' }), salary: 5 })
  const bare = new Employee()
  return {
    given: plain(given),
    bare: plain(bare),
    notes: [given.note, bare.note],
    labels: [given.label, new Person({ name: 'Ann' }).label],
    classes: [given instanceof Employee, given instanceof Person, given instanceof Document, Employee.name],
    embedded: [plain(new Address({ city: 'Lyon', floor: 3 })), plain(new Address())],
    sharesNothing: new Person().tags !== new Person().tags,
    states: [given.isNew, given.isDirty],
    issues: issuesOf(() => new Employee({ age: -1, address: {} as Address }).validateSync()),
    unknown: issuesOf(() => new Employee({ nope: 1 } as object)),
  }
}

function issuesOf(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return (error as ValidationError).issues.map(({ path, code }) => [path.join('.'), code])
  }
}

function definition(): unknown {
  return {
    statements: Employee.defineStatements().split(';\n'),
    query: Company.objects.filter({ boss__company__name: 'x', boss__address__city: 'y' }).toSurrealQL().query,
  }
}

function loading(): unknown {
  const id = new RecordId('toolchain_employee', 1)
  const record = { id, name: 'Ann', age: 41, tags: ['a'], address: { city: 'Paris', floor: 2 } }
  const loaded = Employee.fromRecord(record)
  const states = [loaded.isNew, loaded.isDirty]
  const before = plain(loaded)
  loaded.tags.push('b')
  loaded.address!.floor = 3
  states.push(loaded.isDirty)
  const changed = Object.keys(loaded.changes())
  states.push(loaded.revert().isDirty)
  return { before, changed, states, reverted: plain(loaded), record: plain({ ...record, id: String(id) }) }
}

async function saving(): Promise<unknown> {
  const connection = createConnection({ url: 'mem://', namespace: 'test', database: 'toolchain', name: 'toolchain' })
  await connection.connect()
  try {
    await Company.defineTable()
    Person.defineTableSync()
    await Employee.defineTable()
    const boss = new Person({ id: 'bob', name: ' Bob ', born })
    const company = await new Company({ id: 'acme', name: 'Acme', boss: (await boss.save()).id! }).save()
    const address = new Address({ city: 'Paris' })
    const homes = [new Address({ city: 'Rome' })]
    const fields = { id: 'eve', name: ' Eve ', age: 9, tags: ['a'], address, homes, company, born }
    const eve = await new Employee(fields).save()
    const states = [eve.isNew, eve.isDirty]

    const loaded = await Employee.get('eve')
    states.push(loaded.isDirty, loaded.equals(eve))
    const first = plain(loaded)
    loaded.tags.push('b')
    loaded.address!.city = 'Lyon'
    loaded.homes![0]!.floor = 8
    loaded.born!.setUTCFullYear(2002)
    states.push(loaded.isDirty)
    loaded.saveSync()
    states.push(loaded.isDirty)

    const second = Employee.getSync('eve')
    const found = await Employee.objects.filter({ company__boss__name: 'Bob', address__city: 'Lyon' })
    return { states, first, second: plain(second), found: found.map(({ label }) => label), boss: boss.name }
  } finally {
    await connection.close()
  }
}

/** Uses the models in every way, on an engine in memory. */
export async function check(): Promise<Report> {
  return { construction: construction(), definition: definition(), loading: loading(), saving: await saving() }
}
