import { Uuid, UUIDField } from '../../../src/index.js'
import { aUuid } from '../../support/fields/arbitraries.js'
import '../../support/uint32-array-of-node.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

const ODD = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
/** The driver would send all of the 64 bytes. */
const ofLargerMemory = new Uuid(new Uint8Array(64).fill(7).subarray(3, 19))

fieldMatrix('UUIDField', {
  make: UUIDField,
  isFoundByValue: true,
  values: [...ODD.map((text) => new Uuid(text)), Uuid.v4(), Uuid.v7(), ofLargerMemory],
  refused: ['f0e1d2c3-b4a5-4678-9abc-def012345678', 1, {}, [], new Uint8Array(16)],
  arbitrary: aUuid,
  loaded: (value) => new Uuid(value.toString()),
})
