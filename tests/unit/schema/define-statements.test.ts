import { describe, expect, it } from '@jest/globals'
import type { RecordId } from '../../../src/index.js'
import {
  BooleanField,
  Collection,
  DateTimeField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  IntField,
  ListField,
  RecordIDField,
  ReferenceField,
  StringField,
  type Ref,
} from '../../../src/index.js'

@Embeddable()
class Address extends EmbeddedDocument<Address>() {
  @StringField({ required: true }) city!: string
  @IntField({ dbField: 'floor number' }) floor?: number
}

@Embeddable()
class Person extends EmbeddedDocument<Person>() {
  @EmbeddedField(() => Address, { required: true }) address!: Address
}

@Collection('define_house', {
  schema: 'full',
  indexes: [
    { fields: ['address__city', 'name'], unique: true },
    { fields: ['address__floor'] },
    { fields: ['born', 'id'], name: 'by age' },
  ],
})
class House extends Document<House>() {
  @StringField({ required: true, index: true }) name!: string
  @IntField() rooms?: number
  @FloatField({ required: true }) height!: number
  @BooleanField() empty?: boolean
  @DateTimeField({ dbField: 'born_at', unique: true }) born?: Date
  @ListField(StringField()) tags?: string[]
  @ListField(ListField(IntField()), { required: true }) grid!: number[][]
  @EmbeddedField(() => Address) address?: Address
  @ListField(EmbeddedField(() => Person)) tenants?: Person[]
  @ReferenceField(() => House) next?: Ref<House>
  @RecordIDField() any?: RecordId
  @RecordIDField({ table: 'a`b', required: true }) one!: RecordId
  @ListField(ReferenceField(() => House)) all?: Ref<House>[]
}

@Collection('define`quoted')
class Quoted extends Document<Quoted>() {
  @StringField({ dbField: 'a.b`c' }) name?: string
}

describe('defineStatements', () => {
  it('defines the table, each field with what is inside it, and the indexes', () => {
    expect(House.defineStatements().split(';\n')).toEqual([
      'DEFINE TABLE OVERWRITE `define_house` TYPE NORMAL SCHEMAFULL',
      'DEFINE FIELD OVERWRITE `name` ON `define_house` TYPE string',
      'DEFINE FIELD OVERWRITE `rooms` ON `define_house` TYPE none | null | int',
      'DEFINE FIELD OVERWRITE `height` ON `define_house` TYPE float',
      'DEFINE FIELD OVERWRITE `empty` ON `define_house` TYPE none | null | bool',
      'DEFINE FIELD OVERWRITE `born_at` ON `define_house` TYPE none | null | datetime',
      'DEFINE FIELD OVERWRITE `tags` ON `define_house` TYPE none | null | array<string>',
      'DEFINE FIELD OVERWRITE `grid` ON `define_house` TYPE array<array<int>>',
      'DEFINE FIELD OVERWRITE `address` ON `define_house` TYPE none | object',
      'DEFINE FIELD OVERWRITE `address`.`city` ON `define_house` TYPE string',
      'DEFINE FIELD OVERWRITE `address`.`floor number` ON `define_house` TYPE none | null | int',
      'DEFINE FIELD OVERWRITE `tenants` ON `define_house` TYPE none | array<object>',
      'DEFINE FIELD OVERWRITE `tenants`.* ON `define_house` TYPE object',
      'DEFINE FIELD OVERWRITE `tenants`.*.`address` ON `define_house` TYPE object',
      'DEFINE FIELD OVERWRITE `tenants`.*.`address`.`city` ON `define_house` TYPE string',
      'DEFINE FIELD OVERWRITE `tenants`.*.`address`.`floor number` ON `define_house` TYPE none | null | int',
      'DEFINE FIELD OVERWRITE `next` ON `define_house` TYPE none | null | record<`define_house`>',
      'DEFINE FIELD OVERWRITE `any` ON `define_house` TYPE none | null | record',
      'DEFINE FIELD OVERWRITE `one` ON `define_house` TYPE record<`a\\`b`>',
      'DEFINE FIELD OVERWRITE `all` ON `define_house` TYPE none | null | array<record<`define_house`>>',
      'DEFINE INDEX IF NOT EXISTS `define_house_name_index` ON `define_house` FIELDS `name`',
      'DEFINE INDEX IF NOT EXISTS `define_house_born_at_unique` ON `define_house` FIELDS `born_at` UNIQUE',
      'DEFINE INDEX IF NOT EXISTS `define_house_address_city_name_unique` ON `define_house` FIELDS `address`.`city`, `name` UNIQUE',
      'DEFINE INDEX IF NOT EXISTS `define_house_address_floor number_index` ON `define_house` FIELDS `address`.`floor number`',
      'DEFINE INDEX IF NOT EXISTS `by age` ON `define_house` FIELDS `born_at`, `id`',
    ])
  })

  it('quotes names', () => {
    expect(Quoted.defineStatements()).toBe(
      'DEFINE TABLE OVERWRITE `define\\`quoted` TYPE NORMAL SCHEMALESS;\nDEFINE FIELD OVERWRITE `a.b\\`c` ON `define\\`quoted` TYPE none | null | string',
    )
  })

  it.each(['name__nope', 'address__nope'])('refuses an index over %j', (name) => {
    const Indexed = indexedBy(name)
    expect(() => Indexed.defineStatements()).toThrow(
      expect.objectContaining({
        code: 'INVALID_MODEL',
        message: `An index of Indexed names "${name}", which is no field of it.`,
      }),
    )
  })

  it.each(['nope', 'born_at', ''])('refuses an index over %j where the class is decorated', (name) => {
    expect(() => indexedBy(name)).toThrow(
      expect.objectContaining({
        code: 'INVALID_MODEL',
        message: `An index of Indexed names "${name}", which is no field of it.`,
      }),
    )
  })
})

function indexedBy(name: string) {
  @Collection(`define_index_${name}`, { indexes: [{ fields: ['name', name] }] })
  class Indexed extends Document<Indexed>() {
    @StringField() name?: string
    @EmbeddedField(() => Address) address?: Address
  }
  return Indexed
}
