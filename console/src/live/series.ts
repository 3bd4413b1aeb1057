/** The last minutes of one number, and of a count also the rate at which it grows. */
export class Series {
  private static readonly kept = 600
  readonly times: number[] = []
  readonly rates: number[] = []
  readonly values: number[] = []

  add(time: number, count: number): void {
    const last = this.times.length - 1
    const passed = last >= 0 ? time - this.times[last]! : 0
    // A new life of the same name counts from zero again.
    const grown = last >= 0 ? Math.max(0, count - this.values[last]!) : 0
    this.times.push(time)
    this.values.push(count)
    this.rates.push(passed > 0 ? (grown * 1000) / passed : 0)
    if (this.times.length > Series.kept) [this.times, this.values, this.rates].forEach((kept) => kept.shift())
  }

  /** Per second over the last few seconds, so that a number can be read before it changes. */
  get rate(): number {
    const to = this.times.length - 1
    const from = Math.max(0, to - 5)
    const passed = to > from ? this.times[to]! - this.times[from]! : 0
    return passed > 0 ? (Math.max(0, this.values[to]! - this.values[from]!) * 1000) / passed : 0
  }
}

/** Milliseconds each call took, on the average of each second; 0 where there were none. */
export function latencies(calls: Series, milliseconds: Series): number[] {
  return calls.rates.map((rate, index) => (rate > 0 ? (milliseconds.rates[index] ?? 0) / rate : 0))
}
