/** Sets it as the newest of them, and drops the oldest where there are more than so many. */
export function keepNewest<K, V>(map: Map<K, V>, key: K, value: V, most: number) {
  map.delete(key)
  map.set(key, value)
  if (map.size > most) map.delete(map.keys().next().value as K)
}
