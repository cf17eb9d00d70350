import { describe, expect, it } from '@jest/globals'
import { Collection, ComputedField, Document, IntField, surql } from '../../../src/index.js'
import { buildSelect } from '../../../src/query/build-statements.js'
import type { Query } from '../../../src/query/query.js'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { afterWrites, dialectFor } from '../../../src/surrealql/dialect.js'
import { Person } from './people.js'

const text = (queryset: { toSurrealQL(): { readonly query: string } }) => queryset.toSurrealQL().query
const people = Person.objects

describe('fetch', () => {
  it.each([
    [people.fetch('company'), 'SELECT *, [`works_for`] AS `$ids` FROM `query_person` FETCH `works_for`'],
    [
      people.fetch('company__boss').fetch('company'),
      'SELECT *, [`works_for`, `works_for`.`boss`] AS `$ids` FROM `query_person` FETCH `works_for`, `works_for`.`boss`',
    ],
    [
      people.values('name', 'company').fetch('company__boss'),
      'SELECT `full_name` AS `name`, `works_for` AS `company`, [`works_for`, `works_for`.`boss`] AS `$ids` ' +
        'FROM `query_person` FETCH `company`, `company`.`boss`',
    ],
    [
      people.fetch('company').orderBy('age').pluck('company'),
      'SELECT `works_for` AS `company`, [`works_for`] AS `$ids` FROM (SELECT * FROM `query_person` ORDER BY `age` ASC) ' +
        'FETCH `company`',
    ],
    [people.only('name').fetch('company'), 'SELECT `id`, `full_name` FROM `query_person`'],
    [people.fetch('company').pluck('name'), 'SELECT `full_name` AS `name` FROM `query_person`'],
  ])('%#', (queryset, expected) => {
    expect(text(queryset)).toBe(expected)
  })
})

@Collection('computed_text')
class Item extends Document<Item>() {
  @IntField({ index: true }) amount?: number
  @ComputedField(surql`amount * 2`, IntField(), { dbField: 'twice it' }) readonly twice?: number
}

type Change = (items: typeof Item.objects) => object

describe('computed fields', () => {
  const written = (change: Change, dialect = dialectFor('3.0.5')) => {
    const { query } = change(Item.objects) as unknown as { readonly query: Query }
    return compile(buildSelect(query), dialect).query
  }
  const inner = 'SELECT * FROM (SELECT VALUE `id` FROM `computed_text` WHERE (`amount` = $p0))'

  it.each<[Change, string]>([
    [(items) => items, 'SELECT * FROM `computed_text`'],
    [(items) => items.filter({ amount: 1 }), `SELECT * FROM (${inner})`],
    [
      (items) => items.filter({ amount: 1 }).withIndex('computed_text_amount_index').limit(1),
      `SELECT * FROM (${inner.replace(' WHERE', ' WITH INDEX `computed_text_amount_index` WHERE')}) LIMIT $p1`,
    ],
    [
      (items) => items.filter({ amount: 1, twice: 2 }),
      'SELECT * FROM `computed_text` WITH NOINDEX WHERE ((`amount` = $p0) AND (`twice it` = $p1))',
    ],
    [(items) => items.orderBy('amount'), 'SELECT * FROM `computed_text` WITH NOINDEX ORDER BY `amount` ASC'],
    [
      (items) => items.filter({ amount: 1 }).values('amount'),
      'SELECT `amount` AS `amount` FROM `computed_text` WHERE (`amount` = $p0)',
    ],
    [(items) => items.filter({ amount: 1 }).values('twice'), `SELECT \`twice it\` AS \`twice\` FROM (${inner})`],
    [
      (items) => items.filter({ amount: 1 }).version(new Date(0)),
      'SELECT * FROM `computed_text` WITH NOINDEX WHERE (`amount` = $p0) VERSION $p1',
    ],
  ])('are not read from an index before 3.1: %#', (change, expected) => {
    expect(written(change)).toBe(expected)
  })

  it('are read as they are asked for from 3.1 on, and looked for everywhere where ids are lost', () => {
    const filtered: Change = (items) => items.filter({ amount: 1 })
    expect(written(filtered, dialectFor('3.1.0'))).toBe('SELECT * FROM `computed_text` WHERE (`amount` = $p0)')
    expect(written(filtered, dialectFor('2.6.0'))).toBe('SELECT * FROM `computed_text` WHERE (`amount` = $p0)')
    expect(written(filtered, afterWrites(dialectFor('3.0.2')))).toBe(
      'SELECT * FROM `computed_text` WITH NOINDEX WHERE (`amount` = $p0)',
    )
  })
})
