import { expect, test } from '@jest/globals'
import { BytesField } from '../../../src/index.js'
import { someBytes } from '../../support/fields/arbitraries.js'
import { everywhere } from '../../support/everywhere.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'
import { modelOf, type AnyDocument } from '../../support/fields/model-of.js'

const bytes = (...values: number[]) => new Uint8Array(values)

fieldMatrix('BytesField', {
  make: BytesField,
  isFoundByValue: true,
  values: [
    bytes(),
    bytes(0),
    bytes(255, 0, 128),
    Buffer.from('☃ 🧑‍🚀'),
    new Uint8Array([9, 1, 2, 9]).subarray(1, 3),
    new Uint8Array(10_000).fill(7),
  ],
  refused: ['AAA=', 1, [1, 2], {}, new ArrayBuffer(1), new Uint16Array(1), new DataView(new ArrayBuffer(1))],
  arbitrary: someBytes,
  loaded: (value) => new Uint8Array(value),
})

const Blob = modelOf('bytes_in_place', { value: BytesField() as never }, { schema: 'full' })

everywhere(
  'bytes that are changed in place',
  (place) => {
    test('are noticed, written and put back', async () => {
      await place.mode(Blob).defineTable({ connection: place.connection })
      const given = bytes(1, 2, 3)
      const made = new Blob({ value: given } as never)
      await place.mode(made).save()
      expect(made.isDirty).toBe(false)
      given[0] = 7
      expect(made.changes()).toEqual({ value: { before: bytes(1, 2, 3), after: bytes(7, 2, 3) } })
      await place.mode(made).save()
      const found = (await place.mode(Blob).get(made.id)) as AnyDocument
      expect(found['value']).toEqual(bytes(7, 2, 3))
      ;(found['value'] as Uint8Array).fill(0)
      found.revert()
      expect(found['value']).toEqual(bytes(7, 2, 3))
    })
  },
  ['mem'],
)
