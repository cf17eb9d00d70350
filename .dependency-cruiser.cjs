/** Who may import whom. One rule is made of each row; tests/lint plants a violation of each. */

const SDK = 'surrealdb'
const BELOW_QUERY = ['errors', 'values', 'surrealql', 'fields']
const BELOW_PERSISTENCE = [...BELOW_QUERY, 'schema', 'query', 'connection']

/**
 * place → what it may import besides itself. `node`: Node's own modules. A place `x` is the file src/x.ts or the folder src/x/;
 * one with a slash is a single file. Type imports obey the same table.
 */
const MAY_IMPORT = {
  errors: {},
  values: { places: ['errors'], packages: [SDK] },
  'shared-parts': {},
  surrealql: { places: ['errors', 'values'] },
  fields: { places: ['errors', 'values', 'shared-parts', 'surrealql'], packages: ['zod', 'reflect-metadata'] },
  schema: { places: BELOW_QUERY, packages: ['zod', 'reflect-metadata'] },
  query: { places: [...BELOW_QUERY, 'schema'] },
  zod: { places: [...BELOW_QUERY, 'schema', 'query'], packages: ['zod'] },
  connection: {
    places: ['errors', 'values', 'shared-parts', 'surrealql/compiled-query'],
    packages: [SDK, 'zod'],
    node: true,
  },
  persistence: { places: BELOW_PERSISTENCE },
  // of `apache-arrow` the types alone: it is an optional package
  model: {
    places: [...BELOW_PERSISTENCE, 'persistence', 'zod'],
    packages: ['zod', 'reflect-metadata', 'apache-arrow'],
  },
  migration: { places: [...BELOW_QUERY, 'schema', 'connection'], node: true },
  cli: { places: ['errors', 'schema', 'connection', 'migration'], node: true },
  index: { places: [...BELOW_PERSISTENCE, 'zod', 'model', 'migration'] },
}

/** The worker's own program. It is bundled into src/connection/bridge/host-source.ts, and only that is imported. */
const HOST = '^src/connection/bridge/host/'

const placePattern = (place) => `^src/${place}(/|[.]ts$)`
const packagePattern = (name) => `(^|/)node_modules/${name}/`
const EXTERNAL = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown']

const rowRules = Object.entries(MAY_IMPORT).flatMap(([place, { places = [], packages = [], node = false }]) => {
  const from = { path: placePattern(place), pathNot: HOST }
  const rules = [
    {
      name: `${place}-imports`,
      comment: `${place} may import ${places.join(', ') || 'nothing'} of src`,
      severity: 'error',
      from,
      to: { path: '^src/', pathNot: [place, ...places].map(placePattern) },
    },
    {
      name: `${place}-packages`,
      comment: `${place} may use ${packages.join(', ') || 'no package'}`,
      severity: 'error',
      from,
      to: { dependencyTypes: EXTERNAL, ...(packages.length > 0 && { pathNot: packages.map(packagePattern) }) },
    },
  ]
  if (node) return rules
  return [
    ...rules,
    {
      name: `${place}-node`,
      comment: `${place} uses none of Node's own modules`,
      severity: 'error',
      from,
      to: { dependencyTypes: ['core'] },
    },
  ]
})

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...rowRules,
    {
      name: 'no-unlisted-place',
      comment: 'a file or folder of src that the table does not know',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: Object.keys(MAY_IMPORT).map(placePattern) },
    },
    {
      name: 'no-index-import',
      comment: 'src/index.ts is for users; inside, import the file that has the name',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '/index[.]ts$' },
    },
    { name: 'no-circular', comment: 'types count too', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'a file that imports nothing and is imported by nobody',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['^src/index[.]ts$', HOST] },
      to: {},
    },
    {
      name: 'no-unreachable',
      comment: 'a file that no public name leads to',
      severity: 'error',
      from: { path: '^src/(index|migration/migration|cli/main)[.]ts$' },
      to: { path: '^src/', pathNot: [HOST, '^src/(index|migration|cli)(/|[.]ts$)'], reachable: false },
    },
    {
      name: 'no-unresolvable',
      comment: 'a file or package that does not exist',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-package',
      comment: 'a package that users of this one do not get',
      severity: 'error',
      from: { path: '^src/', pathNot: HOST },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm-peer'] },
    },
    {
      name: 'host-is-generated-in',
      comment: 'the host is reached through the generated file only',
      severity: 'error',
      from: { path: '^src/', pathNot: HOST },
      to: { path: HOST },
    },
    {
      name: 'host-imports',
      comment: 'the host may import types of bridge/, and nothing else of src',
      severity: 'error',
      from: { path: HOST },
      to: { path: '^src/', pathNot: '^src/connection/bridge/' },
    },
    {
      name: 'host-imports-types',
      comment: 'what the host takes from bridge/ are types',
      severity: 'error',
      from: { path: HOST },
      to: { path: '^src/connection/bridge/', pathNot: HOST, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'host-packages',
      comment:
        'the host may use ws, generic-pool and p-retry, which are bundled, and the native engine, which it loads itself',
      severity: 'error',
      from: { path: HOST },
      to: {
        dependencyTypes: EXTERNAL,
        pathNot: ['ws', '@types/ws', 'generic-pool', 'p-retry', '@surrealdb/node'].map(packagePattern),
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    combinedDependencies: false,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
}
