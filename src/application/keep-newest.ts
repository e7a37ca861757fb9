/** Sets it as the newest of them, and drops the oldest where there are more than so many. */
export function keepNewest<K, V>(map: Map<K, V>, key: K, value: V, most: number) {
  map.delete(key)
  map.set(key, value)
  if (map.size > most) map.delete(map.keys().next().value as K)
}

/** The newest values by their keys, which weigh no more than `most` together; each keeps its weight. */
export function newestByWeight<V>(most: number, weightOf: (value: V) => number) {
  const kept = new Map<string, V>()
  let weight = 0

  function drop(key: string) {
    const value = kept.get(key)
    if (value === undefined) return
    weight -= weightOf(value)
    kept.delete(key)
  }

  return {
    find: (key: string) => kept.get(key),
    keep(key: string, value: V) {
      drop(key)
      kept.set(key, value)
      weight += weightOf(value)
      if (weight <= most) return
      for (const oldest of kept.keys()) {
        if (weight <= most) break
        drop(oldest)
      }
    },
    drop,
    keys: () => kept.keys(),
  }
}
