/** `npm run benchmark`: compiles the package and benchmarks/, then runs each part in a process of its own. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'

process.chdir(path.join(import.meta.dirname, '..'))

const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

const [part, ...rest] = process.argv.slice(2)
run('scripts/build-host.mjs')
run('node_modules/typescript/bin/tsc', '-p', 'benchmarks/tsconfig.json')
for (const each of part ? [part] : ['fields', 'mem', 'surrealkv', 'ws', 'http'])
  run(`.tmp/benchmark/benchmarks/${each === 'fields' ? 'fields' : 'main'}.js`, each, ...rest)
