import { describe, expect, test } from '@jest/globals'
import { Collection, Document, IntField, ModelDefinitionError, RecordId, StringField } from '../../src/index.js'

@Collection('inherited_vehicle', { discriminator: 'kind' })
class Vehicle extends Document<Vehicle>() {
  @StringField({ required: true }) name!: string
}

@Collection({ discriminator: 'car' })
class Car extends Vehicle.extend<Car>() {
  @IntField({ required: true, index: true }) doors!: number
}

@Collection({ discriminator: 'taxi' })
class Taxi extends Car.extend<Taxi>() {
  @StringField({ dbField: 'licence_number' }) licence?: string
}

describe('several models in one table', () => {
  test('are one definition, whichever of them is asked', () => {
    const definition = [
      'DEFINE FIELD OVERWRITE `kind` ON `inherited_vehicle` TYPE none | null | string',
      'DEFINE FIELD OVERWRITE `name` ON `inherited_vehicle` TYPE string',
      'DEFINE FIELD OVERWRITE `doors` ON `inherited_vehicle` TYPE none | int',
      'DEFINE FIELD OVERWRITE `licence_number` ON `inherited_vehicle` TYPE none | null | string',
    ]
    const text = Vehicle.defineStatements()
    for (const line of definition) expect(text).toContain(line)
    expect(text.split(';\n').filter((line) => line.includes('DEFINE INDEX'))).toHaveLength(1)
    expect(Car.defineStatements()).toBe(text)
    expect(Taxi.defineStatements()).toBe(text)
  })

  test('ask for their own kind, and for the kinds that extend it', () => {
    expect(Vehicle.objects.toSurrealQL().query).toBe('SELECT * FROM `inherited_vehicle`')
    expect(Car.objects.filter({ doors: 2 }).toSurrealQL()).toMatchObject({
      query: 'SELECT * FROM `inherited_vehicle` WHERE ((`kind` IN $p0) AND (`doors` = $p1))',
      bindings: { p0: ['car', 'taxi'], p1: 2 },
    })
    expect(Taxi.objects.toSurrealQL()).toMatchObject({
      query: 'SELECT * FROM `inherited_vehicle` WHERE (`kind` = $p0)',
      bindings: { p0: 'taxi' },
    })
  })

  test('new documents know their kind', () => {
    expect(new Taxi({ name: 'x', doors: 4 }).toObject()).toEqual({ kind: 'taxi', name: 'x', doors: 4 })
    expect(new Vehicle({ name: 'x' }).toObject()).toEqual({ name: 'x' })
    const id = new RecordId('inherited_vehicle', 1)
    expect(Vehicle.fromRecord({ id, kind: 'taxi', name: 'x', doors: 4, licence_number: '7' })).toBeInstanceOf(Taxi)
  })

  test('a subclass with a table of its own is in no other', () => {
    @Collection('inherited_plane')
    class Plane extends Vehicle.extend<Plane>() {}
    expect(Plane.objects.toSurrealQL().query).toBe('SELECT * FROM `inherited_plane`')
    expect(Plane.defineStatements()).not.toContain('kind')
  })
})

describe('a definition that cannot work', () => {
  const refused = (define: () => unknown, message: string): void => {
    expect(define).toThrow(ModelDefinitionError)
    expect(define).toThrow(message)
  }

  test('two kinds of one name', () => {
    refused(() => {
      @Collection({ discriminator: 'car' })
      class Second extends Vehicle.extend<Second>() {}
      return Second
    }, 'Second and Car both have the discriminator "car"')
  })

  test('two types in one column', () => {
    refused(() => {
      @Collection({ discriminator: 'bus' })
      class Bus extends Vehicle.extend<Bus>() {
        @StringField() doors?: string
      }
      return Bus
    }, 'Bus.doors is stored as "doors"')
    expect(Vehicle.defineStatements()).toContain('`doors` ON `inherited_vehicle` TYPE none | int')
  })

  test('a discriminator named like a member', () => {
    refused(() => {
      @Collection('inherited_bad', { discriminator: 'save' })
      class Bad extends Document<Bad>() {}
      return Bad
    }, 'a discriminator cannot be called "save"')
  })

  test('unknown fields on a table that refuses them', () => {
    refused(() => {
      @Collection('inherited_hybrid', { schema: 'full', unknownFields: 'keep' })
      class Hybrid extends Document<Hybrid>() {}
      return Hybrid
    }, 'Hybrid keeps unknown fields')
  })

  test('ends of something that is no relation', () => {
    refused(() => {
      @Collection('inherited_edge', { in: () => Vehicle })
      class Edge extends Document<Edge>() {}
      return Edge
    }, 'Edge has "in", "out" or the type "relation" but is no relation')
  })
})
