import { expect, test } from '@jest/globals'
import {
  Collection,
  DatabaseError,
  Document,
  IntField,
  LookupError,
  ReferenceField,
  StringField,
  surql,
  type PlanStep,
  type Ref,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'
import { errorOf } from '../support/transact.js'

@Collection('raw_person', { indexes: [{ fields: ['kind', 'age'] }] })
class Person extends Document<Person>() {
  @StringField({ required: true, index: true, dbField: 'full_name' }) name!: string
  @IntField() age?: number
  @StringField({ index: true }) kind?: string
  @ReferenceField(() => Person) boss?: Ref<Person>
}

@Collection('raw_nothing')
class Nothing extends Document<Nothing>() {
  @StringField() name?: string
}

const operators = (steps: readonly PlanStep[]): string[] =>
  steps.flatMap(({ operator, children }) => [operator, ...operators(children)])

everywhere(
  'explain',
  ({ mode, isOldEngine }) => {
    const [indexScan, tableScan] = isOldEngine ? ['Iterate Index', 'Iterate Table'] : ['IndexScan', 'TableScan']

    test('says which indexes are used, also below what the engine is told for the sake of its bugs', async () => {
      await mode(Person).defineTable()
      await mode(Person.objects).bulkCreate([
        { name: 'Ann', age: 1 },
        { name: 'Bob', age: 2 },
      ])
      const named = Person.objects.filter({ name: 'Ann' })
      const plan = await mode(named).explain()
      expect(plan.indexes).toEqual(['raw_person_full_name_index'])
      expect(operators(plan.steps)).toContain(indexScan)
      expect((await mode(named.limit(1).values('age')).explain()).indexes).toEqual(plan.indexes)
      expect((await mode(named.noIndex()).explain()).indexes).toEqual([])
      const scan = await mode(Person.objects.filter({ age: 1 })).explain()
      expect(scan.indexes).toEqual([])
      expect(operators(scan.steps)).toContain(tableScan)
      expect((await mode(named.filter({ kind: 'x' })).explain()).indexes).toHaveLength(1)
    })

    test('reads nothing, unless it is asked to', async () => {
      const metrics = ({ metrics: own, children }: PlanStep): unknown[] => [own, ...children.flatMap(metrics)]
      const all = Person.objects.filter({ age__gte: 0 })
      expect((await mode(all).explain()).steps.flatMap(metrics).filter(Boolean)).toEqual([])
      const [first] = (await mode(all).explain({ full: true })).steps
      if (!isOldEngine) expect(first!.metrics).toMatchObject({ output_rows: 2 })
      expect((await mode(Nothing.objects).explain()).indexes).toEqual([])
    })
  },
  ['mem', 'ws'],
)

everywhere(
  'raw',
  (place) => {
    const { mode } = place

    test('gives documents, with bound values, or plain rows', async () => {
      const bob = await mode(Person).create({ id: 'bob', name: 'Bob', age: 2 })
      await mode(Person).create({ id: 'ann', name: "Ann'); DELETE raw_person", age: 1, boss: bob })
      const { objects } = Person
      const name = "Ann'); DELETE raw_person"
      const [ann] = await mode(objects).raw(surql`SELECT * FROM raw_person WHERE full_name = ${name} FETCH boss`)
      expect(ann).toBeInstanceOf(Person)
      expect(ann!.name).toBe(name)
      expect(ann!.boss).toBeInstanceOf(Person)
      ann!.age = 7
      await mode(ann!).save()
      const rows = await mode(objects).raw<number>(surql`SELECT VALUE age FROM raw_person ORDER BY age DESC`, {
        plain: true,
      })
      expect(rows).toEqual([7, 2])
      const plain = await mode(objects).raw(surql`SELECT full_name, age FROM raw_person WHERE age > ${2}`, {
        plain: true,
      })
      expect(plain).toEqual([{ full_name: name, age: 7 }])
      // one record, none, and what comes back of a write
      expect((await mode(objects).raw(surql`SELECT * FROM ONLY ${bob.id}`))[0]!.name).toBe('Bob')
      expect(await mode(objects).raw(surql`RETURN NONE`)).toEqual([])
      const [updated] = await mode(objects).raw(surql`UPDATE ${bob.id} SET age = ${9}`)
      expect([updated!.age, updated!.isNew, updated!.isDirty]).toEqual([9, false, false])
      expect(await mode(objects).raw(surql`SELECT * FROM raw_person WHERE age = ${100}`)).toEqual([])
    })

    test('takes no text with values of its own in it, and says what is wrong with an answer', async () => {
      const { objects } = Person
      const refused = async (work: () => unknown): Promise<unknown> => errorOf((async () => await work())())
      expect(await refused(() => mode(objects).raw('SELECT * FROM raw_person' as never))).toBeInstanceOf(LookupError)
      expect(
        await refused(() => mode(objects).raw({ query: 'SELECT * FROM raw_person', bindings: {} })),
      ).toBeInstanceOf(LookupError)
      const unexpected = [
        surql`SELECT * FROM raw_person; SELECT * FROM raw_person`,
        surql`SELECT full_name FROM raw_person`,
        surql`SELECT VALUE age FROM raw_person`,
        surql`CREATE raw_other SET a = ${'secret'}`,
      ]
      for (const text of unexpected) {
        const error = (await refused(() => mode(objects).raw(text))) as DatabaseError
        expect(error).toBeInstanceOf(DatabaseError)
        expect(error.code).toBe('UNEXPECTED_RESPONSE')
        expect(error.message).toContain('Person: the query of raw()')
        expect(error.message).not.toContain('secret')
      }
      expect(await refused(() => mode(objects).raw(surql`SELECT FROM WHERE`))).toBeInstanceOf(DatabaseError)
    })

    if (!place.isOldEngine)
      test('is part of a transaction', async () => {
        let name: string | undefined
        const work = () =>
          place.connection.transactionSync(() => {
            Person.createSync({ id: 'tx', name: 'Tx' })
            const text = surql`SELECT * FROM raw_person WITH NOINDEX WHERE full_name = ${'Tx'}`
            name = Person.objects.rawSync(text)[0]!.name
            throw new RangeError('enough')
          })
        expect(work).toThrow(RangeError)
        expect(name).toBe('Tx')
        expect(await mode(Person).getOrNull('tx')).toBeNull()
      })
  },
  ['mem', 'ws'],
)
