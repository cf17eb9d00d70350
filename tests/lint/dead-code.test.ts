import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PlantedTree } from './planted-tree.js'

interface Issues {
  readonly issues: readonly { readonly file: string; readonly [kind: string]: unknown }[]
}

describe('knip', () => {
  const tree = new PlantedTree()
  let found: string[]

  beforeAll(() => {
    tree.copy('knip.jsonc', 'package.json', 'tsconfig.json').linkPackages()
    tree.plant({
      'src/index.ts': "export { used } from './used.js'",
      'src/used.ts':
        "import 'zod'\nimport 'undeclared'\nexport const used = 1\nexport const unused = 2\nexport interface UnusedShape { side: number }",
      'src/dead.ts': 'export const dead = 1',
    })
    const { output, errors } = tree.run('knip', '--reporter', 'json', '--no-config-hints')
    expect(errors).toBe('')
    found = (JSON.parse(output) as Issues).issues.flatMap(({ file, ...kinds }) =>
      Object.entries(kinds).flatMap(([kind, entries]) =>
        (entries as { name: string }[]).map(({ name }) => `${kind} ${file} ${name}`),
      ),
    )
  })
  afterAll(() => tree.remove())

  it.each([
    'files src/dead.ts src/dead.ts',
    'exports src/used.ts unused',
    'types src/used.ts UnusedShape',
    'unlisted src/used.ts undeclared',
    'dependencies package.json reflect-metadata',
    'devDependencies package.json fast-check',
  ])('reports %s', (issue) => {
    expect(found).toContain(issue)
  })

  it('has nothing to say about what is used', () => {
    expect(found.filter((issue) => /index[.]ts|used[.]ts used$|package[.]json zod/.test(issue))).toEqual([])
  })
})
