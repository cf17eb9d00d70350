import { RegexField } from '../../../src/index.js'
import { aPattern } from '../../support/fields/arbitraries.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

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
