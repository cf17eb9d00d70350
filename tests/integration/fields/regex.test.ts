import { expect, test } from '@jest/globals'
import { RegexField } from '../../../src/index.js'
import { everywhere } from '../../support/everywhere.js'
import { aPattern } from '../../support/fields/arbitraries.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'
import { modelOf } from '../../support/fields/model-of.js'

fieldMatrix('RegexField', {
  make: RegexField,
  isFoundByValue: true,
  values: [
    /a/,
    /^a$/gimsuy,
    /(?:)/,
    /[/]\/"'`\\/,
    /(?<year>\d{4})/d,
    /\p{L}☃🧑‍🚀/u,
    new RegExp('[\\p{L}--[a-z]]', 'v'),
    /person:1/,
    /2024-01-01/,
    /\n\r\t/,
  ],
  refused: ['a', '/a/', '(?i)a', 1, {}, [], new Date()],
  arbitrary: aPattern,
})

const Rule = modelOf('regex_rule', { pattern: RegexField() as never })

everywhere(
  'a stored pattern',
  (place) => {
    test('is one to the database too', async () => {
      await place.mode(Rule).create({ pattern: /^a.c$/i } as never)
      const matches = (text: string) =>
        place.mode(place.connection).query('SELECT VALUE string::matches($text, pattern) FROM regex_rule', { text })
      expect(await matches('ABC')).toEqual([[true]])
      expect(await matches('xABC')).toEqual([[false]])
    })
  },
  ['mem'],
)
