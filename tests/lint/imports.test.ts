import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PlantedTree } from './planted-tree.js'

const PACKAGES = [
  'surrealdb',
  'zod',
  'p-retry',
  'generic-pool',
  'reflect-metadata',
  'ws',
  '@surrealdb/node',
  'knip',
  'undeclared',
]
const packageFiles = Object.fromEntries(
  PACKAGES.flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
    [`node_modules/${name}/index.js`, 'module.exports = {}'],
  ]),
)

/** A file that imports these: `./x.js` a value, `type ./x.js` a type. */
const importing = (...specifiers: string[]) =>
  specifiers
    .map((specifier, at) =>
      specifier.replace(/^(type )?(.*)$/, (_, type = '', from) => `import ${type}{ a as a${at} } from '${from}'`),
    )
    .concat('export const a = 1')
    .join('\n')

/** Every place imports what it may; no rule has anything to say about it. */
const CLEAN = {
  'src/errors.ts': importing(),
  'src/values.ts': importing('./errors.js', 'surrealdb'),
  'src/shared-parts.ts': importing(),
  'src/surrealql/compiled-query.ts': importing(),
  'src/surrealql/node.ts': importing('../errors.js', '../values.js', './compiled-query.js'),
  'src/fields/field.ts': importing(
    ...['../errors.js', '../values.js', '../shared-parts.js', '../surrealql/node.js', 'zod', 'reflect-metadata'],
  ),
  'src/schema/meta.ts': importing(
    '../errors.js',
    '../values.js',
    '../surrealql/node.js',
    '../fields/field.js',
    'zod',
    'reflect-metadata',
  ),
  'src/query/query.ts': importing(
    '../errors.js',
    '../values.js',
    '../surrealql/node.js',
    '../fields/field.js',
    '../schema/meta.js',
  ),
  'src/connection/connection.ts': importing(
    ...['../errors.js', '../values.js', '../shared-parts.js', '../surrealql/compiled-query.js', './bridge/link.js'],
    ...['surrealdb', 'zod', 'node:worker_threads', 'fs'],
  ),
  'src/connection/bridge/link.ts': importing('./host-source.js', 'type ./message.js'),
  'src/connection/bridge/message.ts': importing(),
  'src/connection/bridge/host-source.ts': importing(),
  'src/connection/bridge/host/main.ts': importing('type ../message.js', './socket.js', 'node:worker_threads'),
  'src/connection/bridge/host/socket.ts': importing('ws', 'p-retry', 'generic-pool', '@surrealdb/node'),
  'src/zod/model-schema.ts': importing('../fields/field.js', '../schema/meta.js', 'type ../query/query.js', 'zod'),
  'src/persistence/save.ts': importing(
    ...['../errors.js', '../values.js', '../surrealql/node.js', '../fields/field.js', '../schema/meta.js'],
    ...['../query/query.js', '../connection/connection.js'],
  ),
  'src/model/document.ts': importing(
    ...['../errors.js', '../values.js', '../surrealql/node.js', '../fields/field.js', '../schema/meta.js'],
    ...['../query/query.js', '../connection/connection.js', '../persistence/save.js', '../zod/model-schema.js'],
    ...['zod', 'reflect-metadata'],
  ),
  'src/migration/migration.ts': importing('../schema/meta.js', '../connection/connection.js', 'node:fs'),
  'src/cli/main.ts': importing('../migration/migration.js', 'node:process'),
  'src/index.ts': importing(
    ...['./errors.js', './values.js', './surrealql/node.js', './fields/field.js', './schema/meta.js'],
    ...['./query/query.js', './connection/connection.js', './zod/model-schema.js', './model/document.js'],
    './migration/migration.js',
  ),
}

/** rule → planted file → what it imports. The files come on top of the clean ones, all in one project. */
const PLANTED: [rule: string, file: string, imports: string][] = [
  ['errors-imports', 'src/errors.ts', './values.js'],
  ['errors-packages', 'src/errors.ts', 'zod'],
  ['errors-node', 'src/errors.ts', 'node:util'],
  ['values-imports', 'src/values.ts', './surrealql/node.js'],
  ['values-packages', 'src/values.ts', 'zod'],
  ['values-node', 'src/values.ts', 'node:util'],
  ['shared-parts-imports', 'src/shared-parts.ts', './errors.js'],
  ['shared-parts-packages', 'src/shared-parts.ts', 'surrealdb'],
  ['shared-parts-node', 'src/shared-parts.ts', 'node:util'],
  ['surrealql-imports', 'src/surrealql/planted-parts.ts', '../shared-parts.js'],
  ['index-imports', 'src/index.ts', './persistence/save.js'],
  ['index-imports', 'src/index.ts', './cli/main.js'],
  ['index-packages', 'src/index.ts', 'surrealdb'],
  ['index-node', 'src/index.ts', 'node:util'],
  ['surrealql-imports', 'src/surrealql/planted.ts', '../fields/field.js'],
  ['surrealql-packages', 'src/surrealql/planted.ts', 'surrealdb'],
  ['surrealql-node', 'src/surrealql/planted.ts', 'node:util'],
  ['fields-imports', 'src/fields/planted.ts', '../schema/meta.js'],
  ['fields-imports', 'src/fields/planted-type.ts', 'type ../schema/meta.js'],
  ['fields-packages', 'src/fields/planted.ts', 'surrealdb'],
  ['fields-packages', 'src/fields/planted-type.ts', 'type surrealdb'],
  ['fields-node', 'src/fields/planted.ts', 'fs'],
  ['schema-imports', 'src/schema/planted.ts', '../query/query.js'],
  ['schema-packages', 'src/schema/planted.ts', 'surrealdb'],
  ['schema-node', 'src/schema/planted.ts', 'node:util'],
  ['query-imports', 'src/query/planted.ts', '../connection/connection.js'],
  ['query-imports', 'src/query/planted-type.ts', 'type ../persistence/save.js'],
  ['query-packages', 'src/query/planted.ts', 'zod'],
  ['query-node', 'src/query/planted.ts', 'node:util'],
  ['connection-imports', 'src/connection/planted.ts', '../surrealql/node.js'],
  ['connection-imports', 'src/connection/planted-type.ts', 'type ../schema/meta.js'],
  ['connection-packages', 'src/connection/planted.ts', 'reflect-metadata'],
  ['connection-packages', 'src/connection/planted-ws.ts', 'ws'],
  ['connection-packages', 'src/connection/planted-pool.ts', 'generic-pool'],
  ['connection-packages', 'src/connection/planted-retry.ts', 'p-retry'],
  ['zod-imports', 'src/zod/planted.ts', '../connection/connection.js'],
  ['zod-packages', 'src/zod/planted.ts', 'surrealdb'],
  ['zod-node', 'src/zod/planted.ts', 'node:util'],
  ['persistence-imports', 'src/persistence/planted.ts', '../model/document.js'],
  ['persistence-packages', 'src/persistence/planted.ts', 'surrealdb'],
  ['persistence-node', 'src/persistence/planted.ts', 'node:util'],
  ['model-imports', 'src/model/planted.ts', '../migration/migration.js'],
  ['model-packages', 'src/model/planted.ts', 'surrealdb'],
  ['model-node', 'src/model/planted.ts', 'node:async_hooks'],
  ['migration-imports', 'src/migration/planted.ts', '../model/document.js'],
  ['migration-packages', 'src/migration/planted.ts', 'surrealdb'],
  ['cli-imports', 'src/cli/planted.ts', '../model/document.js'],
  ['cli-packages', 'src/cli/planted.ts', 'zod'],
  ['no-unlisted-place', 'src/model/planted-place.ts', '../elsewhere/planted.js'],
  ['no-index-import', 'src/model/planted-index.ts', '../index.js'],
  ['no-index-import', 'src/model/planted-folder-index.ts', '../fields/index.js'],
  ['no-circular', 'src/model/planted-cycle.ts', './planted-cycle-back.js'],
  ['no-circular', 'src/model/planted-type-cycle.ts', 'type ./planted-type-cycle-back.js'],
  ['no-unresolvable', 'src/model/planted-missing.ts', './planted-nowhere.js'],
  ['no-dev-package', 'src/connection/planted-dev.ts', 'knip'],
  ['no-dev-package', 'src/connection/planted-dev.ts', 'undeclared'],
  ['host-is-generated-in', 'src/connection/planted-host.ts', './bridge/host/main.js'],
  ['host-is-generated-in', 'src/connection/planted-host.ts', 'type ./bridge/host/socket.js'],
  ['host-imports', 'src/connection/bridge/host/planted.ts', '../../../errors.js'],
  ['host-imports', 'src/connection/bridge/host/planted-type.ts', 'type ../../connection.js'],
  ['host-imports-types', 'src/connection/bridge/host/planted-value.ts', '../message.js'],
  ['host-packages', 'src/connection/bridge/host/planted-package.ts', 'surrealdb'],
]

/** Files the planted ones import. */
const TARGETS = {
  'src/elsewhere/planted.ts': importing('../values.js'),
  'src/fields/index.ts': importing('./field.js'),
  'src/model/planted-cycle-back.ts': importing('./planted-cycle.js'),
  'src/model/planted-type-cycle-back.ts': importing('type ./planted-type-cycle.js'),
  'src/model/planted-orphan.ts': importing(),
  'src/model/planted-unreachable.ts': importing('../values.js'),
}

interface Violation {
  readonly rule: { readonly name: string }
  readonly from: string
  readonly to: string
}

const cruise = (tree: PlantedTree): Violation[] => {
  const { output, errors } = tree.run('depcruise', 'src', '--output-type', 'json')
  expect(errors).toBe('')
  return (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations
}

const treeOf = (files: Readonly<Record<string, string>>) =>
  new PlantedTree().copy('.dependency-cruiser.cjs', 'package.json').plant(packageFiles).plant(files)

describe('the import table', () => {
  const clean = treeOf(CLEAN)
  const planted = treeOf({ ...CLEAN, ...TARGETS })
  const violated = new Set<string>()

  beforeAll(() => {
    const imports = new Map<string, string[]>()
    for (const [, file, specifier] of PLANTED) imports.set(file, [...(imports.get(file) ?? []), specifier])
    for (const [file, specifiers] of imports) planted.plant({ [file]: importing(...specifiers) })
    for (const { rule, from, to } of cruise(planted)) violated.add(`${rule.name}: ${from} → ${to}`)
  })
  afterAll(() => {
    clean.remove()
    planted.remove()
  })

  it('has nothing to say about a clean tree', () => {
    expect(cruise(clean)).toEqual([])
  })

  it.each(PLANTED)('%s: %s imports %s', (rule, file, specifier) => {
    const name = specifier
      .replace(/^type /, '')
      .replace(/^(node:|[./]+)/, '')
      .replace(/[.]js$/, '')
    // a cycle is reported once, from either of its ends
    const found = [...violated].filter(
      (line) => line.startsWith(`${rule}: `) && line.includes(file) && line.includes(name),
    )
    expect(found).toHaveLength(1)
  })

  it.each([
    ['no-orphans', 'src/model/planted-orphan.ts'],
    ['no-unreachable', 'src/model/planted-unreachable.ts'],
  ])('%s: %s', (rule, file) => {
    expect([...violated].filter((line) => line.startsWith(`${rule}: `) && line.includes(file))).not.toEqual([])
  })
})
