import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { surql, type CompiledQuery } from '../../../src/index.js'
import { inlineBindings } from '../../../src/surrealql/compiler/inline-bindings.js'
import { NEWEST } from './servers.js'

const inline = (query: CompiledQuery, block = false): string =>
  inlineBindings(query, { dialect: NEWEST, where: 'User.age', block })

describe('inlineBindings', () => {
  it.each<[CompiledQuery, string]>([
    [surql`$value > ${18}`, '$value > 18'],
    [surql`$value - ${-1}`, '$value - (-1)'],
    [surql`$value IN ${['a', '$p1', '"']} OR $value = ${'b'}`, '$value IN ["a", "$p1", "\\""] OR $value = "b"'],
    [surql`"$p0" != '\\'$p0' AND \`$p0\` = ⟨$p0⟩ AND ${1}`, "\"$p0\" != '\\'$p0' AND `$p0` = ⟨$p0⟩ AND 1"],
    [surql`$value = /"$p0'/ AND ${1} / 2 / ${3}`, '$value = /"$p0\'/ AND 1 / 2 / 3'],
    [surql`string::matches($value, /a\\/$p0/) OR (${1})/2`, 'string::matches($value, /a\\/$p0/) OR (1)/2'],
    [surql`$value.a[0]/${2}/2`, '$value.a[0]/2/2'],
    [surql`$p00 = ${1} AND $p0a = $p`, '$p00 = 1 AND $p0a = $p'],
    [surql`${1} -- it's $p0\n + 1`, '1  \n + 1'],
    [surql`${1} // it's "$p0`, '1'],
    [surql`${1} # it's`, '1'],
    [surql`${1} /* it's\n $p0 */ + 1`, '1   + 1'],
    [surql`{ LET $a = ${'x'}; RETURN $a; }`, '{ LET $a = "x"; RETURN $a; }'],
    [{ query: '$p0 + $p0', bindings: { p0: 2 } }, '2 + 2'],
    [surql`  time::now()  `, 'time::now()'],
  ])('writes %j', (query, text) => {
    expect(inline(query)).toBe(text)
  })

  it('lets several statements be where they belong', () => {
    expect(inline(surql`LET $a = ${1}; RETURN $a`, true)).toBe('LET $a = 1; RETURN $a')
  })

  it.each<[CompiledQuery, string]>([
    [surql`"${'secret'}" = $value`, 'a value stands within quotes, a comment or a regular expression'],
    [surql`$value = /${'secret'}/`, 'a value stands within quotes, a comment or a regular expression'],
    [surql`true -- ${'secret'}`, 'a value stands within quotes, a comment or a regular expression'],
    [surql`($value`, '")" is missing'],
    [surql`[$value)`, 'there is a ")" too many'],
    [surql`true } `, 'there is a "}" too many'],
    [surql`"$value`, 'a quote has no end'],
    [surql`true; REMOVE TABLE user`, 'it is several statements where one expression belongs; put them in { }'],
    [surql`  -- nothing`, 'there is no expression'],
  ])('refuses %j', (query, what) => {
    expect(() => inline(query)).toThrow(
      expect.objectContaining({
        code: 'INVALID_DEFINITION',
        message: `User.age: the expression cannot be used, ${what}.`,
      }),
    )
  })

  it('keeps whatever text there is in strings', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (text, other) => {
        const quoted = JSON.stringify(text)
        const query = { query: `${quoted} = $p0`, bindings: { p0: other } }
        return inline(query).startsWith(`${quoted} = "`)
      }),
    )
  })
})
