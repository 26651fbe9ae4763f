/** Preloaded: this process believes it to be `SKEW_MS` later than it is. */
const skewMs = Number(process.env['SKEW_MS'] ?? 0)
const TrueDate = Date
const now = () => TrueDate.now() + skewMs

Reflect.set(
  globalThis,
  'Date',
  new Proxy(TrueDate, {
    construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  }),
)
