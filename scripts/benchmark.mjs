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
/** Without a contender that needs a process of its own. */
const ALONE = ['fields', 'compile', 'iterate']
for (const each of part ? [part] : [...ALONE, 'mem', 'surrealkv', 'ws', 'http'])
  run(`.tmp/benchmark/benchmarks/${ALONE.includes(each) ? each : 'main'}.js`, each, ...rest)
