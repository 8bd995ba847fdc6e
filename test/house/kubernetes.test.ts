// examples/kubernetes keeps to the image, the settings and the doors, and to the strictest of the Pod Security Standards.

import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'tap'
import { parse } from 'yaml'
import { settings } from '../../src/settings.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (name: string) => readFileSync(`${root}${name}`, 'utf8')

// biome-ignore lint/suspicious/noExplicitAny: a manifest is whatever it says; the types are held by test/interop/kubernetes.test.ts
type Manifest = any

const files = globSync('examples/kubernetes/*/*.yaml', { cwd: root }).sort()
const manifests = new Map<string, Manifest>(files.map(file => [file, parse(read(file))]))
const kustomizations = [...manifests].filter(([file]) => file.endsWith('/kustomization.yaml'))
const resource = (kind: string): Manifest => [...manifests.values()].find(one => one.kind === kind)
const workloads = ['Deployment', 'Job'].map(resource)
const podOf = (workload: Manifest) => workload.spec.template.spec
const containerOf = (workload: Manifest) => podOf(workload).containers[0]

const dockerfile = read('Dockerfile')
const [, user = ''] = /^USER (\d+):\1$/m.exec(dockerfile) ?? []
const [, port = ''] = /^EXPOSE (\d+)$/m.exec(dockerfile) ?? []
const doors = [...read('openapi.yaml').matchAll(/^ {2}(\/[^:]*):$/gm)].map(([, path = '']) => path)

test('every manifest is applied by its kustomization, and nothing else is', async t => {
  for (const [file, { resources }] of kustomizations) {
    const folder = file.replace('kustomization.yaml', '')
    const there = files.filter(one => one.startsWith(folder) && one !== file).map(one => one.slice(folder.length))
    const own = resources.filter((one: string) => !one.startsWith('../'))
    t.same([...own].sort(), there, folder)
  }
})

test('every variable is a setting, and every file that it names is mounted', async t => {
  for (const workload of workloads) {
    const { env, volumeMounts } = containerOf(workload)
    const [mount, scratch] = volumeMounts
    const [secrets, memory] = podOf(workload).volumes
    t.same([secrets.name, memory.name], [mount.name, scratch.name])
    t.equal(scratch.mountPath, '/tmp')
    const mounted = secrets.secret.items.map(({ path }: { path: string }) => `${mount.mountPath}/${path}`)
    t.same(env.map((one: { value: string }) => one.value).sort(), [...mounted].sort(), workload.kind)
    for (const { name } of env) t.ok(name.replace(/_FILE$/, '') in settings, name)
  }
  for (const [file, { configMapGenerator }] of kustomizations)
    for (const literal of configMapGenerator[0].literals) {
      const setting = settings[literal.split('=')[0] as keyof typeof settings]
      const value = setting?.read(literal.slice(literal.indexOf('=') + 1))
      t.ok(value !== undefined && !(value instanceof Object && 'wrong' in value), `${file}: ${literal}`)
    }
})

test('no manifest holds a secret', async t => {
  t.equal(resource('Secret'), undefined)
  for (const file of files)
    t.notMatch(read(file), /postgres(ql)?:\/\/|[A-Za-z0-9+/]{43}=|[0-9a-f]{64}|secretGenerator/, file)
})

test('probes ask doors that are there, at the port of the image', async t => {
  const { ports, startupProbe, readinessProbe, livenessProbe } = containerOf(resource('Deployment'))
  t.same(ports, [{ name: 'http', containerPort: Number(port) }])
  for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
    t.ok(doors.includes(probe.httpGet.path), probe.httpGet.path)
    t.equal(probe.httpGet.port, 'http')
  }
  t.equal(startupProbe.httpGet.path, '/readyz')
  t.match(resource('Service').spec.ports, [{ port: Number(port), targetPort: 'http' }])
})

test('the migration is the verb of the command line, in the folder of the image', async t => {
  const [, file = '', verb = ''] = containerOf(resource('Job')).command
  t.match(dockerfile, /^COPY src src$/m)
  t.match(read(file), new RegExp(`\\b${verb}\\b`))
})

test('pods are not root, may write nothing but memory, and know nothing of the cluster', async t => {
  for (const workload of workloads) {
    const { securityContext, automountServiceAccountToken, volumes, hostNetwork, hostPID } = podOf(workload)
    t.match(securityContext, { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
    t.equal(securityContext.runAsUser, Number(user))
    t.equal(automountServiceAccountToken, false)
    t.same([hostNetwork, hostPID], [undefined, undefined])
    for (const volume of volumes) t.ok(volume.secret ?? volume.emptyDir.medium === 'Memory')
    t.same(containerOf(workload).securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    t.ok(containerOf(workload).resources.limits.memory)
  }
  t.equal(resource('ServiceAccount').automountServiceAccountToken, false)
})

test('Service, budget, autoscaler and network policy mean the pods of the Deployment', async t => {
  const { spec, metadata } = resource('Deployment')
  const { labels } = spec.template.metadata
  t.same(spec.selector.matchLabels, labels)
  t.same(resource('Service').spec.selector, labels)
  t.same(resource('PodDisruptionBudget').spec.selector.matchLabels, labels)
  t.match(labels, resource('NetworkPolicy').spec.podSelector.matchLabels)
  t.match(resource('HorizontalPodAutoscaler').spec.scaleTargetRef, { kind: 'Deployment', name: metadata.name })
  t.equal(spec.replicas, undefined, 'the autoscaler says how many')
  t.notSame(resource('Job').spec.template.metadata.labels, labels)
})

test('the Ingress leads to doors for people and clients, and to none of operators', async t => {
  const [rule] = resource('Ingress').spec.rules
  const { literals } = manifests.get('examples/kubernetes/example/kustomization.yaml')?.configMapGenerator[0] ?? {}
  t.ok(literals.includes(`PUBLIC_URL=https://${rule.host}`))
  const led: string[] = rule.http.paths.map((one: { path: string }) => one.path)
  const within = (door: string) => led.some(path => door === path || door.startsWith(`${path}/`))
  const inside = /^\/(api|gateway)\/|^\/(livez|readyz|metrics|openapi\.yaml)$/
  for (const door of doors) t.equal(within(door), !inside.test(door), door)
})
