import { expect, test } from '@jest/globals'
import {
  Collection,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  LookupError,
  ListField,
  RecordId,
  ReferenceField,
  SetField,
  StringField,
  type Ref,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'

@Collection('fetch_owner')
class Owner extends Document<Owner>() {
  @StringField({ required: true }) name!: string
}

@Collection('fetch_maker')
class Maker extends Document<Maker>() {
  @StringField({ required: true, dbField: 'maker_name' }) name!: string
  @ReferenceField(() => Owner, { dbField: 'owned_by' }) owner?: Ref<Owner>
}

@Embeddable()
class Part extends EmbeddedDocument<Part>() {
  @ReferenceField(() => Maker, { dbField: 'made_by' }) maker?: Ref<Maker>
}

@Collection('fetch_thing')
class Thing extends Document<Thing>() {
  @StringField() name?: string
  @ReferenceField(() => Maker, { dbField: 'made_by' }) maker?: Ref<Maker>
  @ListField(ReferenceField(() => Maker)) makers?: Ref<Maker>[]
  @EmbeddedField(() => Part, { dbField: 'the part' }) part?: Part
  @ListField(EmbeddedField(() => Part)) parts?: Part[]
  @SetField(ReferenceField(() => Maker)) others?: Set<Ref<Maker>>
}

const gone = new RecordId('fetch_maker', 'gone')

everywhere(
  'fetch',
  ({ mode }) => {
    test('replaces links by documents, in lists and embedded documents too; one without a record stays an id', async () => {
      const ann = await mode(Owner).create({ id: 'ann', name: 'Ann' })
      const acme = await mode(Maker).create({ id: 'acme', name: 'Acme', owner: ann })
      const bolt = await mode(Maker).create({ id: 'bolt', name: 'Bolt', owner: new RecordId('fetch_owner', 'gone') })
      await mode(Thing).create({
        id: 'one',
        name: 'one',
        maker: acme,
        makers: [bolt, gone, acme],
        part: new Part({ maker: gone }),
        parts: [new Part({ maker: acme }), new Part({ maker: gone }), new Part({})],
      })
      await mode(Thing).create({ id: 'two', name: 'two', maker: gone })
      await mode(Thing).create({ id: 'three', name: 'three' })

      const things = Thing.objects.fetch('maker', 'makers__owner', 'part__maker', 'parts__maker')
      const one = await mode(things.filter({ name: 'one' })).get()
      expect(one.maker).toBeInstanceOf(Maker)
      expect(one.maker?.name).toBe('Acme')
      // no deeper than it was asked for
      expect(one.maker?.owner).toEqual(ann.id)
      const [first, second, third] = one.makers!
      expect(first!.owner).toEqual(new RecordId('fetch_owner', 'gone'))
      expect(second).toEqual(gone)
      expect(third!.owner).toBeInstanceOf(Owner)
      expect(third!.owner!.name).toBe('Ann')
      expect(one.part!.maker).toEqual(gone)
      expect(one.parts!.map(({ maker }) => maker?.name)).toEqual(['Acme', undefined, undefined])
      expect(one.parts![1]!.maker).toEqual(gone)
      expect(one.parts![2]!.maker ?? undefined).toBeUndefined()

      expect((await mode(things.filter({ name: 'two' })).first())!.maker).toEqual(gone)
      expect((await mode(things.orderBy('-name').limit(1)).all())[0]!.maker).toEqual(gone)
      expect((await mode(things.filter({ id: 'three' })).getOrNull())!.maker ?? undefined).toBeUndefined()
      expect(await mode(things).count()).toBe(3)
      expect(await mode(things.limit(2)).count()).toBe(2)
      expect(await mode(things).exists()).toBe(true)
    })

    test('gives real documents, and saving the one that holds them stores their ids', async () => {
      const thing = await mode(Thing.objects.fetch('maker', 'makers', 'parts__maker').filter({ name: 'one' })).get()
      expect(thing.isDirty).toBe(false)
      expect(thing.changes()).toEqual({})
      thing.maker!.name = 'Acme Inc'
      expect(thing.maker!.changes()).toEqual({ name: { before: 'Acme', after: 'Acme Inc' } })
      expect(thing.isDirty).toBe(false)
      await mode(thing.maker!).save()
      expect((await mode(Maker).get('acme')).name).toBe('Acme Inc')

      thing.name = 'uno'
      thing.makers!.pop()
      await mode(thing).save()
      const again = await mode(Thing).get('one')
      expect(again.name).toBe('uno')
      expect(again.makers).toEqual([new RecordId('fetch_maker', 'bolt'), gone])
      expect(again.maker).toEqual(new RecordId('fetch_maker', 'acme'))
      thing.name = 'one'
      await mode(thing).save()
    })

    test('works with every form of rows', async () => {
      const one = Thing.objects.filter({ name: 'one' })
      const plain = await mode(
        one.values('name', 'maker', 'part__maker', 'makers').fetch('maker__owner', 'makers'),
      ).get()
      expect(plain).toMatchObject({
        name: 'one',
        maker: { name: 'Acme Inc', owner: { name: 'Ann' } },
        part__maker: gone,
      })
      expect(plain.maker).toBeInstanceOf(Maker)
      expect(plain.makers?.[0]).toBeInstanceOf(Maker)
      expect(plain.makers?.[1]).toEqual(gone)
      expect(Object.keys(plain)).toEqual(['name', 'maker', 'part__maker', 'makers'])
      expect((await mode(one.values('part__maker').fetch('part__maker')).get()).part__maker).toEqual(gone)
      expect((await mode(one.orderBy('name').limit(1).asPlain().fetch('maker')).get()).maker).toBeInstanceOf(Maker)

      const partial = await mode(one.only('maker').fetch('maker', 'makers')).get()
      expect(partial.maker).toBeInstanceOf(Maker)
      expect((partial as Thing).makers).toBeUndefined()
      const [plucked] = await mode(one.fetch('maker').pluck('maker')).all()
      expect(plucked).toBeInstanceOf(Maker)
      expect(await mode(Thing.objects.fetch('maker').orderBy('-name').limit(1).pluck('maker')).all()).toEqual([gone])
      const split = await mode(one.split('makers').values('makers').fetch('makers')).all()
      expect(split).toHaveLength(2)

      expect(await mode(one.fetch('maker')).update({ name: 'one' })).toBe(1)
    })

    test('pages and streams have them too', async () => {
      const nameOf = (maker: unknown): string => (maker instanceof Maker ? maker.name! : String(maker))
      const all = Thing.objects.fetch('maker')
      for (const things of [all.orderBy('name'), all.orderBy('-maker__name', 'id'), all]) {
        const wanted = (await mode(things.orderBy('id')).all()).map(({ maker }) => nameOf(maker)).sort()
        expect(wanted).toEqual(['Acme Inc', 'fetch_maker:gone', 'undefined'])
        const first = await mode(things).cursor({ first: 1 })
        const rest = await mode(things).cursor({ first: 9, after: first.endCursor })
        expect([...first.items, ...rest.items].map(({ maker }) => nameOf(maker)).sort()).toEqual(wanted)
        const found: string[] = []
        for await (const { maker } of mode(things).iterate({ batchSize: 1 })) found.push(nameOf(maker))
        for await (const maker of mode(things.pluck('maker')).iterate({ batchSize: 2 })) found.push(nameOf(maker))
        expect(found.sort()).toEqual([...wanted, ...wanted].sort())
      }
    })

    test('refuses what is no link', () => {
      for (const work of [
        () => Thing.objects.fetch('name' as never),
        () => Thing.objects.fetch('part' as never),
        () => Thing.objects.fetch('others__name' as never),
        () => Thing.objects.fetch('nope' as never),
        () => Thing.objects.fetch('maker__nope' as never),
        () => Thing.objects.fetch(),
        () => Thing.objects.pluck('maker').fetch('maker' as never),
      ])
        expect(work).toThrow(LookupError)
    })
  },
  ['mem', 'ws'],
)
