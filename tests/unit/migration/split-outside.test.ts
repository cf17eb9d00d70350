import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { clauseOf, isWithin, splitOutside, typeOf } from '../../../src/migration/split-outside.js'

test.each([
  ['DEFINE FIELD name ON person TYPE string PERMISSIONS FULL', 'string'],
  ['DEFINE FIELD name ON person PERMISSIONS FULL', undefined],
  ['DEFINE FIELD `a TYPE b` ON `my table` TYPE none | int READONLY PERMISSIONS FULL', 'none | int'],
  ["DEFINE FIELD a ON b TYPE 'x TYPE \\' y' | int DEFAULT 1 PERMISSIONS FULL", "'x TYPE \\' y' | int"],
  ['DEFINE FIELD a ON b TYPE { x: array<int | string, 5> } COMMENT c', '{ x: array<int | string, 5> }'],
  ['DEFINE FIELD a.*.b ON c TYPE object FLEXIBLE', 'object'],
  ['DEFINE FIELD c ON a COMPUTED TYPE', undefined],
])('%s', (definition, type) => {
  expect(typeOf(definition)).toBe(type)
})

test('clauses of tables, past expressions with operators', () => {
  const text =
    "DEFINE TABLE t TYPE NORMAL SCHEMAFULL COMMENT 'DROP it' CHANGEFEED 3d PERMISSIONS FOR select WHERE a < 3"
  expect(clauseOf(text, 'TYPE')).toBe('NORMAL')
  expect(clauseOf(text, 'CHANGEFEED')).toBe('3d')
  expect(clauseOf(text, 'DROP')).toBeUndefined()
  expect(clauseOf('DEFINE TABLE t AS SELECT * FROM x WHERE a < b AND b->c CHANGEFEED 1d', 'CHANGEFEED')).toBe('1d')
})

test('nothing is lost by splitting', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...`ab '"\`\\<>(){}[]|-`) }),
      (text) => splitOutside(text, ' ').join(' ') === text,
    ),
  )
})

test.each([
  ['int', undefined, true],
  [undefined, 'int', false],
  [undefined, undefined, true],
  ['int', 'any', true],
  ['int', 'none | int', true],
  ['none | int', 'int', false],
  ['int', 'number', true],
  ['number', 'int', false],
  ["'a' | 'b'", "'a' | 'b' | 'c'", true],
  ["'a' | 'b'", "'a'", false],
  ["'a'", 'string', true],
  ['array<int>', 'array', true],
  ['array', 'array<int>', false],
  ['array<int>', 'array<int | string>', true],
  ['array<int | string>', 'none | array<int>', false],
  ['array<int, 5>', 'array<int, 6>', false],
  ['array<int, 5>', 'array<int, 5>', true],
  ['record<a>', 'record<a | b>', true],
  ['record<a>', 'record', true],
  ['record<a | b>', 'record<a>', false],
  ['set<int>', 'array<int>', false],
])('%s is within %s: %s', (type, other, expected) => {
  expect(isWithin(type, other)).toBe(expected)
})
