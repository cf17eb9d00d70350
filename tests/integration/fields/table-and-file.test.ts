import fc from 'fast-check'
import { FileField, FileRef, Table, TableField } from '../../../src/index.js'
import { aFile, aTable } from '../../support/fields/arbitraries.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

const names = ['person', 'select', 'a b', '☃ 🧑‍🚀', '⟨x⟩', '10', 'it`s', 'a:b', '\\']

fieldMatrix('TableField', {
  make: TableField,
  isFoundByValue: true,
  values: names.map((name) => new Table(name)),
  refused: ['person', 1, {}, [], null as never].slice(0, -1),
  arbitrary: aTable,
})

fieldMatrix<Table>('TableField of some tables', {
  make: (options) => TableField({ ...options, tables: ['a b', 'select', '`'] }),
  isFoundByValue: true,
  values: [new Table('a b'), new Table('select'), new Table('`')],
  refused: [new Table('other'), 'select'],
  arbitrary: fc.constantFrom('a b', 'select', '`').map((name) => new Table(name)),
})

fieldMatrix('FileField', {
  make: FileField,
  isFoundByValue: true,
  values: [
    new FileRef('photos', 'a.png'),
    new FileRef('b', '/x/y z/☃.txt'),
    new FileRef('b', '/'),
    new FileRef('B_1', '/a:/b\\c'),
  ],
  refused: ['photos:/a.png', 1, {}, []],
  arbitrary: aFile,
})

fieldMatrix('FileField of one bucket', {
  make: (options) => FileField({ ...options, bucket: 'photos' }),
  values: [new FileRef('photos', 'a.png'), new FileRef('photos', '/b')],
  refused: [new FileRef('other', 'a.png'), 'photos:/a.png'],
  arbitrary: aFile.map(({ key }) => new FileRef('photos', key)),
})
