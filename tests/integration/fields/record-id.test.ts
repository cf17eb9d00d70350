import { RecordId, RecordIDField, Uuid } from '../../../src/index.js'
import { aKey, aRecordId } from '../../support/fields/arbitraries.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

const keys = ['ann', '', '10', 'a b', '☃ 🧑‍🚀', '⟨x⟩', 'a:b', '2024-01-01', 10, -1, 0, 2n ** 63n - 1n, Uuid.v7()]

fieldMatrix('RecordIDField', {
  make: RecordIDField,
  isFoundByValue: true,
  values: [
    ...keys.map((key) => new RecordId('a table', key as never)),
    new RecordId('a', [1, 'b', new RecordId('c', 1)] as never),
    new RecordId('a', { b: { c: [1] } }),
  ],
  refused: [
    ...['person:1', 1, {}, [], { table: 'a', id: 1 }, new RecordId('a', 1.5), new RecordId('a', '\ud800')],
    ...[new RecordId('a', [() => 1] as never), new RecordId('a', 2n ** 63n), new RecordId('a', { b: new Date(NaN) })],
    new RecordId('\ud800', 1),
  ],
  arbitrary: aRecordId,
})

fieldMatrix<RecordId>('RecordIDField of one table', {
  make: (options) => RecordIDField({ ...options, table: 'select `it`' }),
  isFoundByValue: true,
  values: [new RecordId('select `it`', 1), new RecordId('select `it`', 'x')],
  refused: [new RecordId('other', 1), 'select:1'],
  arbitrary: aKey.map((key) => new RecordId('select `it`', key as never)),
})
