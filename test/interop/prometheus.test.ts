// The alert rules of examples/observability as Prometheus itself reads them.

import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'tap'

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

test('promtool takes every alert rule, and every expression of the dashboard', async t => {
  execFileSync('bash', [path('test/interop/packages.sh'), 'prometheus'], { stdio: 'inherit' })
  const check = (file: string) =>
    execFileSync('promtool', ['check', 'rules', '--lint=none', file], { encoding: 'utf8' })
  t.match(check(path('examples/observability/alerts.yaml')), /SUCCESS: \d+ rules found/)
  const { panels } = JSON.parse(readFileSync(path('examples/observability/dashboard.json'), 'utf8'))
  const expressions: string[] = panels.flatMap((panel: { targets?: { expr: string }[] }) =>
    (panel.targets ?? []).map(one => one.expr.replaceAll('$__rate_interval', '5m')),
  )
  const rules = expressions.map((expr, at) => ({ record: `dashboard:${at}`, expr }))
  const folder = t.testdir({ 'dashboard.yaml': JSON.stringify({ groups: [{ name: 'dashboard', rules }] }) })
  t.match(check(`${folder}/dashboard.yaml`), `SUCCESS: ${expressions.length} rules found`)
})

test('Prometheus takes the configuration of the compose file, with the rules beside it', async t => {
  const token = t.testdir({ metrics_token: 'x' })
  const text = readFileSync(path('docker/observability/prometheus.yml'), 'utf8')
    .replace('/run/secrets/metrics_token', `${token}/metrics_token`)
    .replace('/etc/prometheus/alerts.yaml', path('examples/observability/alerts.yaml'))
  writeFileSync(`${token}/prometheus.yml`, text)
  const said = execFileSync('promtool', ['check', 'config', `${token}/prometheus.yml`], { encoding: 'utf8' })
  t.match(said, 'prometheus.yml is valid')
})
