import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

/** One registry a process; `/metrics` prints it in the Prometheus text format. */
export const metrics = new Registry()
collectDefaultMetrics({ register: metrics })

export const requestDuration = new Histogram({
  name: 'zhiyuan_http_request_duration_seconds',
  help: 'Time to answer a request, by operation and status class',
  labelNames: ['operation', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [metrics],
})

export const counter = (name: string, help: string, labelNames: string[] = []) =>
  new Counter({ name: `zhiyuan_${name}`, help, labelNames, registers: [metrics] })
