/** Who is to be told when something was appended to a stream; nobody is kept longer than they follow. */
export function createFollowers() {
  const followed = new Map<string, Set<{ onAppended: () => void }>>()

  function follow(stream: string, onAppended: () => void): () => void {
    const follower = { onAppended }
    const followers = followed.get(stream) ?? new Set()
    followed.set(stream, followers.add(follower))
    return () => {
      followers.delete(follower)
      if (followers.size === 0 && followed.get(stream) === followers) followed.delete(stream)
    }
  }

  function tell(streams: readonly string[]): void {
    for (const stream of streams) for (const { onAppended } of followed.get(stream) ?? []) onAppended()
  }

  return { follow, tell, count: () => followed.size }
}
