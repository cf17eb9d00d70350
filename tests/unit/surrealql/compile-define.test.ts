import { describe, expect, it } from '@jest/globals'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { EACH_ELEMENT } from '../../../src/surrealql/nodes/define-statement.js'
import type { Statement } from '../../../src/surrealql/nodes/statement.js'
import { EVERY_DIALECT } from './servers.js'

describe.each(EVERY_DIALECT)('a definition for %s', (_, dialect) => {
  it.each<[string, Statement, string]>([
    [
      'a table that refuses unknown fields',
      { kind: 'define-table', table: 'person', schema: 'full' },
      'DEFINE TABLE OVERWRITE `person` TYPE NORMAL SCHEMAFULL',
    ],
    [
      'a table that lets them be',
      { kind: 'define-table', table: 'a`b', schema: 'less' },
      'DEFINE TABLE OVERWRITE `a\\`b` TYPE NORMAL SCHEMALESS',
    ],
    [
      'a field',
      { kind: 'define-field', table: 'person', path: ['age'], type: 'none | null | int' },
      'DEFINE FIELD OVERWRITE `age` ON `person` TYPE none | null | int',
    ],
    [
      'a field inside each element of a list',
      { kind: 'define-field', table: 'person', path: ['homes', EACH_ELEMENT, 'city'], type: 'string' },
      'DEFINE FIELD OVERWRITE `homes`.*.`city` ON `person` TYPE string',
    ],
    [
      'a field whose name is a star',
      { kind: 'define-field', table: 'person', path: ['*'], type: 'string' },
      'DEFINE FIELD OVERWRITE `*` ON `person` TYPE string',
    ],
    [
      'an index',
      {
        kind: 'define-index',
        table: 'person',
        name: 'by name',
        fields: [['name']],
        index: { kind: 'plain' },
        keep: true,
      },
      'DEFINE INDEX IF NOT EXISTS `by name` ON `person` FIELDS `name`',
    ],
    [
      'a unique index over several fields',
      {
        kind: 'define-index',
        table: 'person',
        name: 'u',
        fields: [['address', 'city'], ['name']],
        index: { kind: 'unique' },
        keep: true,
      },
      'DEFINE INDEX IF NOT EXISTS `u` ON `person` FIELDS `address`.`city`, `name` UNIQUE',
    ],
  ])('is %s', (_kind, statement, query) => {
    expect(compile(statement, dialect)).toEqual({ query, bindings: {} })
  })
})
