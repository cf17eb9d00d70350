import { afterAll, describe, expect, it } from '@jest/globals'
import { PlantedTree } from './planted-tree.js'

const LONG = `export const planted = [${Array.from({ length: 40 }, (_, at) => at).join(', ')}]`

describe('prettier', () => {
  const tree = new PlantedTree().copy('.prettierrc.json', '.prettierignore', 'package.json')
  afterAll(() => tree.remove())

  const isFormatted = (content: string) =>
    tree.plant({ 'src/planted.ts': content }).run('prettier', '--check', 'src').status === 0

  it.each([
    ['a semicolon', "export const planted = '1';\n"],
    ['double quotes', 'export const planted = "1"\n'],
    ['four spaces', 'export function planted() {\n    return 1\n}\n'],
    ['more than 120 columns', `${LONG}\n`],
  ])('reports %s', (_what, content) => {
    expect(isFormatted(content)).toBe(false)
  })

  it('accepts two spaces, single quotes and no semicolons', () => {
    expect(isFormatted("export function planted() {\n  return '1'\n}\n")).toBe(true)
  })
})
